"""What leaves the app: payloads within Slack's limits, escaped, with the same facts in words."""
