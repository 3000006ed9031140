"""The demo: a made-up Tanah Bumbu and Kota Gorontalo, filled through the users' own actions."""
