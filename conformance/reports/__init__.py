"""What a run says at its end, one file for each form."""
