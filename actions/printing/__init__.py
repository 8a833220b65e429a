"""The roadmap on paper: priorities, recommendations and action sheets in one booklet."""
