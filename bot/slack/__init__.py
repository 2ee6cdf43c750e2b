"""Where people act: what Slack sends is heard here, understood here and answered from here."""
