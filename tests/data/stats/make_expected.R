# Writes the expected values of the statistics tests, cases.txt and functions.txt, beside
# this file:
#
#     cd tests/data/stats && Rscript make_expected.R
#
# A line is a key and numbers. In cases.txt a line "sample" (the values) or "generate" (n,
# seed, grid: see generated() below and its twin in tests/unit/stats/expected.c) opens a
# case, and the lines after it are about that sample:
#
#     p         shift, p-value greater, less, two-sided
#     hl        confidence, estimate, low, high
#     quantile  p, value            (type 7)
#     spread    mad, robust sd
#     median    confidence, low, high
#     upper     p, confidence, upper limit of the quantile at p
#     order     confidence, mean, low, high; head ran first in the pairs 1, 4, 7, ...
#
# wilcox.test refuses exact p-values where there are ties or zeros. Expected values come
# from it where it can, from an enumeration of all signs up to 14 pairs, and else from a
# convolution of the conditional distribution; zeros are ranked and then left out.

options(warn = 2)
set.seed(20240229, kind = "Mersenne-Twister", normal.kind = "Inversion")
margins <- c(0, log1p(0.02), log1p(-0.02))
exact_pairs <- 150

out <- NULL
emit <- function(key, ...) {
    values <- c(...)
    cat(key, sprintf("%.15g", values), "\n", file = out, sep = " ")
}

header <- function(name) {
    out <<- file(name, "w")
    cat("# Made by make_expected.R with ", R.version.string, ".\n", file = out, sep = "")
}

# --- p-values -----------------------------------------------------------------------------

conditional <- function(x, shift) {
    d <- x - shift
    ranks <- rank(abs(d))
    list(ranks = ranks[d != 0], statistic = sum(ranks[d > 0]))
}

# Every way to give signs, one a row.
p_by_enumeration <- function(x, shift) {
    at <- conditional(x, shift)
    n <- length(at$ranks)
    if (n == 0) return(c(1, 1))
    signs <- as.matrix(expand.grid(rep(list(0:1), n)))
    sums <- as.vector(signs %*% at$ranks)
    c(mean(sums >= at$statistic), mean(sums <= at$statistic))
}

# The distribution of the sum, grown rank by rank as a table of values and probabilities.
p_by_convolution <- function(x, shift) {
    at <- conditional(x, shift)
    probability <- 1
    for (rank in as.integer(round(2 * at$ranks))) {
        gap <- rep(0, rank)
        probability <- (c(probability, gap) + c(gap, probability)) / 2
    }
    sums <- (seq_along(probability) - 1) / 2
    c(sum(probability[sums >= at$statistic]), sum(probability[sums <= at$statistic]))
}

p_by_normal <- function(x, shift) {
    at <- conditional(x, shift)
    if (length(at$ranks) == 0) return(c(1, 1))
    sd <- sqrt(sum(at$ranks^2) / 4)
    excess <- at$statistic - sum(at$ranks) / 2
    c(pnorm((excess - 0.5) / sd, lower.tail = FALSE), pnorm((excess + 0.5) / sd))
}

p_by_wilcox_test <- function(x, shift, exact) {
    sapply(c("greater", "less"), function(side)
        wilcox.test(x, mu = shift, alternative = side, exact = exact, correct = TRUE)$p.value)
}

has_ties <- function(x, shift) any(duplicated(abs(x - shift))) || any(x == shift)

p_values <- function(x, shift) {
    n <- length(x)
    if (n > exact_pairs && !any(x == shift)) p_by_wilcox_test(x, shift, FALSE)
    else if (n > exact_pairs) p_by_normal(x, shift)
    else if (!has_ties(x, shift)) p_by_wilcox_test(x, shift, TRUE)
    else if (n <= 14) p_by_enumeration(x, shift)
    else p_by_convolution(x, shift)
}

emit_p <- function(x, shifts = margins) {
    for (shift in shifts) {
        p <- p_values(x, shift)
        emit("p", shift, p, min(1, 2 * min(p)))
    }
}

# --- Hodges-Lehmann -----------------------------------------------------------------------

walsh <- function(x) {
    averages <- outer(x, x, "+") / 2
    sort(averages[upper.tri(averages, diag = TRUE)])
}

hl_small <- function(x, confidence) {
    n <- length(x)
    averages <- walsh(x)
    alpha <- (1 - confidence) / 2
    limits <- c(-Inf, Inf)
    if (psignrank(0, n) <= alpha) {
        if (!any(duplicated(abs(x))) && !any(x == 0)) {
            test <- wilcox.test(x, conf.int = TRUE, conf.level = confidence, exact = TRUE)
            limits <- test$conf.int
        } else {
            k <- qsignrank(alpha, n)
            limits <- averages[c(k, length(averages) + 1 - k)]
        }
    }
    c(median(averages), limits)
}

# The k-th smallest Walsh average, where all of them would fill the memory.
walsh_by_bisection <- function(x, k) {
    x <- sort(x)
    count <- function(v) sum(pmax(0, findInterval(2 * v - x, x) - seq_along(x) + 1))
    low <- x[1]
    high <- x[length(x)]
    for (step in 1:100) {
        middle <- (low + high) / 2
        if (count(middle) >= k) high <- middle else low <- middle
    }
    high
}

# The estimate of wilcox.test is any root of a step function, so only near the median.
hl_large <- function(x, confidence) {
    test <- wilcox.test(x, conf.int = TRUE, conf.level = confidence, exact = FALSE,
                        correct = TRUE, tol.root = 1e-13)
    total <- length(x) * (length(x) + 1) / 2
    middle <- c(walsh_by_bisection(x, (total + 1) %/% 2), walsh_by_bisection(x, total %/% 2 + 1))
    stopifnot(any(duplicated(x)) || abs(mean(middle) - test$estimate) < 1e-6)
    c(mean(middle), test$conf.int)
}

emit_hl <- function(x) {
    for (confidence in c(0.9, 0.95, 0.99))
        emit("hl", confidence,
             if (length(x) <= exact_pairs) hl_small(x, confidence) else hl_large(x, confidence))
}

# --- Robust summaries ---------------------------------------------------------------------

# mad() multiplies with 1.4826 where nothing else is said: rounded to five digits.
exact_mad <- function(x) mad(x, constant = 1 / qnorm(0.75))

robust_sd <- function(x) {
    if (max(x) == min(x)) 0
    else if (mad(x) > 0) exact_mad(x)
    else if (IQR(x) > 0) IQR(x) / (2 * qnorm(0.75))
    else sd(x)
}

median_limits <- function(x, confidence) {
    k <- sum(pbinom(0:length(x), length(x), 0.5) <= (1 - confidence) / 2)
    if (k == 0) c(-Inf, Inf) else sort(x)[c(k, length(x) + 1 - k)]
}

quantile_limit <- function(x, p, confidence) {
    enough <- which(pbinom(seq_along(x) - 1, length(x), p) >= confidence)
    if (length(enough) == 0) Inf else sort(x)[enough[1]]
}

emit_robust <- function(x) {
    for (p in c(0.05, 0.5, 0.9))
        emit("quantile", p, quantile(x, p, type = 7, names = FALSE))
    emit("spread", exact_mad(x), robust_sd(x))
    emit("median", 0.95, median_limits(x, 0.95))
    emit("upper", 0.9, 0.95, quantile_limit(x, 0.9, 0.95))
}

emit_order <- function(x) {
    turned <- ifelse(seq_along(x) %% 3 == 1, -x, x)
    if (max(turned) == min(turned)) return() # t.test refuses
    test <- t.test(turned, conf.level = 0.95)
    emit("order", 0.95, test$estimate, test$conf.int)
}

emit_all <- function(x) {
    emit_p(x)
    emit_hl(x)
    emit_robust(x)
    emit_order(x)
}

# --- Samples ------------------------------------------------------------------------------

emit_sample <- function(x) {
    emit("sample", x)
    emit_all(as.numeric(sprintf("%.15g", x))) # as it will be read
}

# n values from Lehmer's generator x -> 16807 x mod 2^31 - 1: the cube of a sum of three
# uniforms, so with heavy tails; put in the middle of steps of 1 / grid where grid is above
# 0, which makes ties but no zeros (wilcox.test drops zeros before it estimates).
generated <- function(n, seed, grid) {
    state <- seed
    draw <- function() {
        state <<- (16807 * state) %% 2147483647
        state / 2147483647
    }
    values <- numeric(n)
    for (i in seq_len(n)) {
        s <- draw() + draw() + draw() - 1.5
        value <- 0.00002 + 0.05 * (s * s * s)
        values[i] <- if (grid > 0) (floor(value * grid) + 0.5) / grid else value
    }
    values
}

emit_generated <- function(n, seed, grid) {
    emit("generate", n, seed, grid)
    x <- generated(n, seed, grid)
    emit_all(x)
    if (grid > 0) emit_p(x, 0.5 / grid) # zeros
}

header("cases.txt")
sizes <- c(1:14, 16, 18, 20, 24, 27, 30, 35, 40, 47, 53, 60)
for (n in sizes) {
    place <- sample(c(-0.03, -0.01, 0, 0.01, 0.02, 0.04), 1)
    emit_sample(round(place + rnorm(n, sd = 0.02), 6))              # plain
    emit_sample(round(0.01 + 0.02 * (rexp(n) - 1), 6))              # skewed
    emit_sample(round(rnorm(n, sd = 0.02), 2))                      # ties and zeros
    emit_sample(round(rnorm(n, sd = 0.01), 2))                      # mostly zeros
    emit_sample(round(0.01 + rnorm(n, sd = 0.03), 2))               # ties
    emit_sample(round(c(rnorm(n - 1, sd = 0.01), 3), 6))            # one outlier
    emit_sample(sample(c(-0.01, 0.01), n, replace = TRUE))          # one magnitude
    emit_sample(rep(0.025, n))                                      # all equal
    emit_sample(round(rep(rnorm((n + 1) %/% 2, sd = 0.02), 2)[1:n], 6)) # pairs of equals
}
emit_sample(rep(0, 9))
for (n in c(160, 240)) # half of it one value
    emit_sample(round(c(rep(0.03, n / 2), rnorm(n / 2, sd = 0.02)), 6))
for (n in c(90, 135, 150))
    for (grid in c(0, 500)) emit_generated(n, 77 + n, grid)
for (n in c(151, 400, 2000))
    for (grid in c(0, 1000)) emit_generated(n, 1000 + n, grid)
emit_generated(10000, 4711, 0)
emit_generated(10000, 4712, 10000)
invisible(close(out))

# --- Distributions and Holm ---------------------------------------------------------------

header("functions.txt")
for (z in c(-9, -3, -1, 0, 0.5, 2, 6, 20)) emit("normal_upper", z, pnorm(z, lower.tail = FALSE))
for (p in c(1e-15, 1e-6, 0.001, 0.05, 0.5, 0.9, 0.999)) emit("normal_quantile", p, qnorm(p))
for (df in c(1, 2, 3, 7, 30, 134, 9999))
    for (t in c(-4, -0.1, 0, 0.3, 2.5, 12)) emit("student_upper", t, df, pt(t, df, lower.tail = FALSE))
for (df in c(1, 2, 3, 7, 30, 134, 9999))
    for (p in c(0.001, 0.4, 0.5, 0.9, 0.975, 0.9995)) emit("student_quantile", p, df, qt(p, df))
for (n in c(1, 5, 20, 59, 1000, 10000))
    for (p in c(0.01, 0.5, 0.95))
        for (k in unique(c(0, n %/% 50, n %/% 2, n - n %/% 16, n)))
            emit("binomial_lower", k, n, p, pbinom(k, n, p))
for (p in c(0.5, 0.9, 0.95, 0.99))
    for (confidence in c(0.9, 0.95, 0.99)) {
        n <- 1
        while (1 - p^n < confidence) n <- n + 1
        emit("quantile_samples", p, confidence, n)
    }
for (n in 1:150) emit("signed_rank_critical", n, 0.005, sum(psignrank(0:(n * (n + 1) / 2), n) <= 0.005))
# A Holm line is p-values, then as many adjusted ones.
for (n in c(1, 2, 3, 5, 10, 20, 60)) {
    p <- list(runif(n), runif(n)^6, round(runif(n)^3, 1), rep(0.01, n))
    for (q in p) {
        q <- as.numeric(sprintf("%.15g", q))
        emit("holm", q, p.adjust(q, method = "holm"))
    }
}
invisible(close(out))
