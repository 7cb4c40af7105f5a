"""Labour law and payroll by date: import from the modules named after what you ask."""
