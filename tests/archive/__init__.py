"""Every message, Home and form the app ever posted, in what can be pressed of it, by release."""
