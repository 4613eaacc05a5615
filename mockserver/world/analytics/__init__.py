"""Analytics: what the dashboards count, asked of the world's tables."""
