"""의원실 묶음: everything an office of the Assembly needs of one version on one day, as one ZIP."""
