"""The map of components: what each holds and offers, and who depends on whom."""
