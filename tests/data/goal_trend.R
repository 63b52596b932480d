# How far the last value of a flat series lies from the first, in median steps: the 95 %
# quantile, for gate/history/goal_trend.h. Prints steps, the quantile, and the rule
# 3.1 (1 + 2 / steps) with the share of series that go beyond it.
#   Rscript tests/data/goal_trend.R
set.seed(1)
for (k in c(3, 4, 5, 6, 8, 10, 15, 20, 30)) {
    x <- matrix(rnorm(50000 * (k + 1)), ncol = k + 1)
    far <- abs(x[, k + 1] - x[, 1]) / apply(abs(x[, -1] - x[, -(k + 1)]), 1, median)
    rule <- 3.1 * (1 + 2 / k)
    cat(sprintf("%2d  %.2f  %.2f  %.2f %%\n", k, quantile(far, 0.95), rule,
                100 * mean(far > rule)))
}
x <- c(0.612, 0.605, 0.598, 0.570, 0.566, 0.540)
cat(sprintf("within: %.6g\n", 3.1 * (1 + 2 / 5) * median(abs(diff(x)))))
