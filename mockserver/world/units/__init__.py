"""Business units: departments under the supervision of monitors."""
