"""How fast the web app is on a slow phone: `make bench-pwa`. What is measured, and how: bench/README.md."""
