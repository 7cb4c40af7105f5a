"""Labour law and payroll by date: import from the modules named after what you ask.

Hiring: `worker_status`, `advertisement`, `conditions`, `records`. Working: `working_hours`,
`timesheet`, `premiums`, `overtime_limits`, `paid_leave`, `leave_calendar`. Paying: `payment`,
`payslip`, `enrolment`, `yearly_duties`. Duties: `work_rules`, `harassment`. Leaving: `leaving`,
`dismissal`, `claims`. Each module's docstring names its functions.
"""
