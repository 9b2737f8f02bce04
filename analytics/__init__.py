"""The computation behind Samverkanskalkylen. Importable without Streamlit."""
