"""Measurements that anybody can run; each prints a Markdown table of ratios taken in one run. No test is timed here."""
