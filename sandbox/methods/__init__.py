"""The Web API's methods, a module per family; sandbox.slack serves them."""
