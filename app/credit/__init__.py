"""Credit information of social organizations: penalties, the two lists, timed bans, objections and removal."""
