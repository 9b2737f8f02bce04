OM = ""
