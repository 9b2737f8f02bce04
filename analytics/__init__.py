"""The computation behind Samverkanskalkylen. Importable without Streamlit."""

VERSION = "0.1.0"
