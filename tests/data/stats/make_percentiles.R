# Writes percentiles.txt, the expected values of test_histogram.c, beside this file:
#
#     cd tests/data/stats && Rscript make_percentiles.R
#
# A line "sample" holds the values, and the lines after it are about those:
#
#     percentile  part, whole, quantile of type 1 at part / whole

options(warn = 2)
set.seed(20240607, kind = "Mersenne-Twister", normal.kind = "Inversion")

out <- file("percentiles.txt", "w")
cat("# Made by make_percentiles.R with ", R.version.string, ".\n", file = out, sep = "")
emit <- function(key, ...) cat(key, sprintf("%.17g", c(...)), "\n", file = out, sep = " ")

parts <- c(0, 1, 25, 50, 90, 95, 99, 100)

about <- function(x) {
    emit("sample", x)
    for (part in parts) emit("percentile", part, 100, quantile(x, part / 100, type = 1))
    emit("percentile", 999, 1000, quantile(x, 0.999, type = 1))
    emit("percentile", 1, 3, quantile(x, 1 / 3, type = 1))
}

about(4.25e-6)
about(c(2, 1))
about(c(3, 3, 3, 3))
about(c(0, 0, 0, 1e-9))
for (n in c(3, 10, 99, 100, 101, 200, 250)) about(rlnorm(n, log(5e-6), 0.8))
# Two speeds: exactly 1 % of the operations, and 2 %, are 10 times slower.
for (slow in c(3, 6)) about(sample(c(rep(1e-5, slow), rep(1e-6, 300 - slow))) * rlnorm(300, 0, 0.02))
# As a clock with steps shows them, and over 18 powers of ten.
about(round(rlnorm(150, log(300), 1)) * 1e-9)
about(10^runif(120, -12, 6))
close(out)
