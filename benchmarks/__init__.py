"""newsearch side by side with what its users could pick instead; see README.md here."""
