"""The participants' server: people, pages, kernels and the command line."""
