# Writes rank_sum.txt, the expected values of test_rank_sum.c, beside this file:
#
#     cd tests/data/stats && Rscript make_rank_sum.R
#
# Lines "x" and "y" hold two samples, and the lines after them are about those:
#
#     p   shift, p-value greater, less
#     hl  confidence, shift, low, high
#
# wilcox.test refuses exact p-values where there are ties. They come from it where there are
# none, or where a sample is larger than 50; else from an enumeration of all choices (up to
# 200,000 of them) or from counting sums of ranks, one rank after the other.

options(warn = 1)
set.seed(20240314, kind = "Mersenne-Twister", normal.kind = "Inversion")
margins <- c(0, log1p(0.02), log1p(-0.02))
exact_values <- 50

out <- file("rank_sum.txt", "w")
cat("# Made by make_rank_sum.R with ", R.version.string, ".\n", file = out, sep = "")
emit <- function(key, ...) cat(key, sprintf("%.15g", c(...)), "\n", file = out, sep = " ")

is_small <- function(x, y) length(x) <= exact_values && length(y) <= exact_values

p_by_enumeration <- function(ranks, n, observed) {
    sums <- combn(ranks, n, sum)
    c(mean(sums >= observed), mean(sums <= observed))
}

# A table of counts by how many ranks were chosen (rows) and twice their sum (columns).
p_by_counting <- function(ranks, n, observed) {
    doubled <- as.integer(round(2 * ranks))
    width <- sum(doubled) + 1
    counts <- matrix(0, n + 1, width)
    counts[1, 1] <- 1
    for (rank in doubled) {
        moved <- cbind(matrix(0, n, rank), counts[1:n, 1:(width - rank), drop = FALSE])
        counts[-1, ] <- counts[-1, , drop = FALSE] + moved
    }
    sums <- (seq_len(width) - 1) / 2
    share <- counts[n + 1, ] / sum(counts[n + 1, ])
    c(sum(share[sums >= observed]), sum(share[sums <= observed]))
}

p_values <- function(x, y, shift) {
    together <- c(x - shift, y)
    if (all(together == together[1])) return(c(1, 1))
    if (!is_small(x, y) || !any(duplicated(together)))
        return(sapply(c("greater", "less"), function(side)
            wilcox.test(x, y, mu = shift, alternative = side, exact = is_small(x, y),
                        correct = TRUE)$p.value))
    ranks <- rank(together)
    observed <- sum(ranks[seq_along(x)])
    if (choose(length(together), length(x)) <= 2e5)
        p_by_enumeration(ranks, length(x), observed)
    else
        p_by_counting(ranks, length(x), observed)
}

# Limits are differences; wilcox.test gives them exactly where it is exact, else the root of
# a step function. With ties in small samples they are those of the test without ties.
limits <- function(x, y, confidence) {
    alpha <- (1 - confidence) / 2
    if (!is_small(x, y))
        return(wilcox.test(x, y, conf.int = TRUE, conf.level = confidence, exact = FALSE,
                           correct = TRUE, tol.root = 1e-13)$conf.int)
    if (1 / choose(length(x) + length(y), length(x)) > alpha) return(c(-Inf, Inf))
    if (!any(duplicated(c(x, y))))
        return(wilcox.test(x, y, conf.int = TRUE, conf.level = confidence, exact = TRUE)$conf.int)
    differences <- sort(outer(x, y, "-"))
    k <- qwilcox(alpha, length(x), length(y))
    differences[c(k, length(differences) + 1 - k)]
}

emit_case <- function(x, y) {
    emit("x", x)
    emit("y", y)
    x <- as.numeric(sprintf("%.15g", x)) # as they will be read
    y <- as.numeric(sprintf("%.15g", y))
    for (shift in margins) emit("p", shift, p_values(x, y, shift))
    for (confidence in c(0.9, 0.95, 0.99))
        emit("hl", confidence, median(outer(x, y, "-")), limits(x, y, confidence))
}

sizes <- list(c(1, 1), c(1, 9), c(2, 2), c(2, 7), c(3, 3), c(3, 5), c(4, 4), c(5, 5), c(6, 4),
              c(7, 8), c(8, 8), c(10, 10), c(10, 25), c(12, 11), c(15, 20), c(20, 20),
              c(25, 30), c(33, 6), c(40, 40), c(49, 50), c(50, 50))
for (size in sizes) {
    n <- size[1]
    m <- size[2]
    place <- sample(c(-0.04, -0.01, 0, 0.01, 0.03), 1)
    emit_case(round(place + rnorm(n, sd = 0.02), 6), round(rnorm(m, sd = 0.02), 6)) # plain
    emit_case(round(0.02 * rexp(n), 6), round(0.02 * rexp(m), 6))                   # skewed
    emit_case(round(place + rnorm(n, sd = 0.02), 2), round(rnorm(m, sd = 0.02), 2)) # ties
    emit_case(rep(0.025, n), rep(0, m))                                             # constants
    emit_case(sample(c(0, 0.5), n, TRUE), sample(c(0, 0.5), m, TRUE))               # two values
}
emit_case(rep(0, 6), rep(0, 6))
for (size in list(c(51, 12), c(12, 60), c(80, 80), c(150, 90))) {
    n <- size[1]
    m <- size[2]
    emit_case(round(0.01 + rnorm(n, sd = 0.02), 6), round(rnorm(m, sd = 0.02), 6))
    emit_case(round(0.01 + rnorm(n, sd = 0.05), 3), round(rnorm(m, sd = 0.05), 3))
}
invisible(close(out))
