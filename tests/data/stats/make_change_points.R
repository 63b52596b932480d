# Writes change_points.txt, the expected values of test_change_scan.c, test_change_points.c
# and test_autocorrelation.c, beside this file:
#
#     cd tests/data/stats && Rscript make_change_points.R
#
# Needs r-cran-strucchange and r-bioc-dnacopy. A line "sample" holds a series, and the lines
# after it are about that one:
#
#     scan         least segment, largest value, how many values lie before the split
#     shuffled     least segment, shuffles, how many of their largest values reached the series'
#     phi          the autocorrelation
#     breakpoints  how many values lie before each break: strucchange::breakpoints (Bai and
#                  Perron; the count by BIC), segments of at least 10 % and 5 values
#     cbs          the same from DNAcopy::segment (circular binary segmentation, Olshen and
#                  Venkatraman 2004), alpha .01, 10,000 permutations
#     published    the same, as the literature has it
#
# The scan is written from its definition, value by value, and shares no formula with the
# program but that.

suppressMessages({library(strucchange); library(DNAcopy)})
options(warn = 1)
set.seed(20261126, kind = "Mersenne-Twister", normal.kind = "Inversion")

out <- file("change_points.txt", "w")
cat("# Made by make_change_points.R with ", R.version.string, ", strucchange ",
    as.character(packageVersion("strucchange")), " and DNAcopy ",
    as.character(packageVersion("DNAcopy")), ".\n", file = out, sep = "")
emit <- function(key, ...) cat(key, sprintf("%.15g", c(...)), "\n", file = out, sep = " ")

scan_of <- function(x, least) {
    n <- length(x)
    ranks <- rank(x)
    s <- sd(ranks)
    best <- list(value = -Inf, split = 0)
    l <- n
    while (l >= 2 * least) {
        first <- 0
        repeat {
            from <- min(first, n - l)
            for (t in least:(l - least)) {
                left <- ranks[from + 1:t]
                right <- ranks[from + (t + 1):l]
                value <- abs(mean(left) - mean(right)) * sqrt(t * (l - t) / l) / s -
                    sqrt(2 * log(exp(1) * n / l))
                if (value > best$value + 1e-9) best <- list(value = value, split = from + t)
            }
            if (first + l >= n) break
            first <- first + ceiling(l / 4)
        }
        l <- ceiling(l / 2)
    }
    best
}

emit_scan <- function(x, least) {
    found <- scan_of(x, least)
    emit("scan", least, found$value, found$split)
}
emit_shuffled <- function(x, least, shuffles) {
    seen <- scan_of(x, least)$value
    emit("shuffled", least, shuffles,
         sum(replicate(shuffles, scan_of(sample(x), least)$value >= seen - 1e-9)))
}

phi_of <- function(x) {
    d <- diff(x)
    cut <- 3 * median(abs(d))
    d <- pmax(-cut, pmin(cut, d))
    later <- d[-1]
    earlier <- d[-length(d)]
    min(max(1 + 2 * mean(later * earlier) / mean(d^2) - .7 / sqrt(length(x)), 0), .9)
}

breaks_of <- function(x) {
    h <- max(5, ceiling(length(x) / 10))
    found <- breakpoints(x ~ 1, h = h)$breakpoints
    if (is.na(found[1])) c() else found
}
cbs_of <- function(x) {
    n <- length(x)
    cna <- CNA(x, rep(1, n), seq_len(n), data.type = "logratio")
    ends <- segment(cna, alpha = .01, nperm = 10000, min.width = 5, verbose = 0)$output$loc.end
    ends[-length(ends)]
}

steps <- function(n, at, size, noise) {
    x <- noise(n)
    for (i in seq_along(at)) x[seq_len(n) > at[i]] <- x[seq_len(n) > at[i]] + size[i]
    x
}
t3 <- function(n) rt(n, 3) / sqrt(3)
ar <- function(phi) function(n) as.numeric(arima.sim(list(ar = phi), n)) * sqrt(1 - phi^2)
ticks <- function(n) round(rnorm(n) * 2) / 2

# The statistic, on series of all lengths, with and without ties.
for (n in c(2, 3, 9, 10, 11, 19, 20, 33, 64, 101, 150)) for (noise in list(rnorm, t3, ticks)) {
    x <- signif(4 + .04 * steps(n, n %/% 3, 1, noise), 9)
    emit("sample", x)
    for (least in c(1, 3, 5)) if (n >= 2 * least && sd(x) > 0) emit_scan(x, least)
    if (n >= 20) emit("phi", phi_of(x))
}
for (phi in c(.2, .5, .8, .98, -.5)) for (n in c(20, 60, 200)) {
    emit("sample", x <- signif(ar(phi)(n), 9))
    emit("phi", phi_of(x))
}
# p-values, from R's own shuffles.
for (case in list(list(12, 1.5), list(12, 3), list(20, 0), list(30, .8), list(30, 1.3))) {
    n <- case[[1]]
    emit("sample", x <- signif(steps(n, n %/% 2, case[[2]], if (n == 20) ticks else rnorm), 9))
    emit_shuffled(x, 5, 2000)
}

# Change points that are plain to see, and series that have none.
clear <- list(list(60, c(), c()), list(60, 30, 4), list(60, 12, -4), list(90, c(30, 60), c(4, 4)),
              list(90, c(40, 52), c(5, -5)), list(120, c(20, 60, 95), c(4, -4, 4)),
              list(120, c(30, 60, 90), c(-4, -4, -4)), list(100, 88, 5), list(40, 20, 4),
              list(200, c(50, 80, 150), c(-5, 5, 4)), list(150, c(), c()), list(200, 120, 3))
for (case in clear) for (noise in list(rnorm, t3)) {
    x <- signif(3 + .03 * steps(case[[1]], case[[2]], case[[3]], noise), 9)
    emit("sample", x)
    emit("breakpoints", breaks_of(x))
    emit("cbs", cbs_of(x))
}

# The flow of the Nile at Aswan, 1871 to 1970 (datasets::Nile): less since the dam of 1898
# (Cobb, "The problem of the Nile", Biometrika 65, 1978; Zeileis et al. 2003).
x <- log(as.numeric(Nile))
emit("sample", x)
emit("breakpoints", breaks_of(x))
emit("cbs", cbs_of(x))
emit("published", which(time(Nile) == 1898))

# The ex-post real interest rate of the USA, quarterly, 1961 to 1986 (strucchange::RealInt):
# breaks after 1972(3) and 1980(3) in Bai and Perron, "Computation and analysis of multiple
# structural change models", Journal of Applied Econometrics 18 (2003).
data(RealInt)
x <- as.numeric(RealInt)
emit("sample", x)
emit("breakpoints", breakpoints(RealInt ~ 1, h = 15)$breakpoints)
emit("cbs", cbs_of(x))
emit("published", which(abs(time(RealInt) - 1972.5) < .01), which(abs(time(RealInt) - 1980.5) < .01))
close(out)
