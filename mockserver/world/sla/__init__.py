"""SLA policies: within how many minutes a visitor shall have his first answer."""
