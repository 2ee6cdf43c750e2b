"""The browser's page: pure rendering, and its routes over HTTP."""
