"""The outbox: mails that the server would have sent. The mock keeps them and sends none."""
