"""The texts that people swear and sign: proposed from the decree, approved by a second officer, hashed, never changed."""
