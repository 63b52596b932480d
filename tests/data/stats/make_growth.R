# Writes the expected values of the growth fits, growth.txt, beside this file:
#
#     cd tests/data/stats && Rscript make_growth.R
#
# R alone, no packages. A line is a key and numbers. "sample" opens a case with the sizes;
# "level", "level_sd", "difference", "difference_sd", "freedom" and "least_rise" follow, and
# then what is expected:
#
#     fit         side (0 base, 1 head), exponent, fixed, factor, misfit
#     interval    side, confidence, low, high
#     above       side, ceiling, p-value
#     below       side, ceiling, p-value
#     together    exponent of head less that of base, misfit
#     ends        confidence, low, high (of the difference)
#     faster      tolerance, p-value
#     within      tolerance, p-value
#
# Fits of a side come from nls(algorithm = "port"), bounded, from several starts, and are
# held against nlminb. Curves under a constraint, and both sides together, come from nlminb
# from many starts. Everything is written from the definitions in gate/stats/growth.h.

set.seed(4711, kind = "Mersenne-Twister", normal.kind = "Inversion")
steepest <- 8
out <- file("growth.txt", "w")
cat("# Made by make_growth.R with ", R.version.string, ".\n", file = out, sep = "")
emit <- function(key, ...) {
    cat(key, sprintf("%.15g", c(...)), "\n", file = out, sep = " ")
}

# --- curves -------------------------------------------------------------------------------

# ln of y over y at the smallest size, for an exponent and a rise over all sizes.
height <- function(data, k, rise) {
    m <- log(data$size / data$size[1])
    log1p(rise * expm1(k * m) / expm1(k * m[length(m)]))
}
least_exponent <- function(data) log1p(data$least_rise) / log(max(data$size) / min(data$size))

# Kinds: "flat" (rise from 0 to least_rise) and "rising" (from least_rise to what there is
# without a fixed cost), the share in a box of its own.
rise_of <- function(data, kind, k, share) {
    if (kind == "flat") return(share * data$least_rise)
    most <- expm1(k * log(max(data$size) / min(data$size)))
    exp(log(data$least_rise) + share * (log(most) - log(data$least_rise)))
}

side_log <- function(data, side) data$level + (if (side == 1) 1 else -1) * data$difference / 2
side_sd <- function(data) sqrt(data$level_sd^2 + data$difference_sd^2 / 4)
side_freedom <- function(data) {
    data$freedom * (side_sd(data)^2 / (data$difference_sd^2 / 4))^2
}

side_residuals <- function(data, side, kind, k, share) {
    r <- side_log(data, side) - height(data, k, rise_of(data, kind, k, share))
    w <- 1 / side_sd(data)^2
    (r - sum(w * r) / sum(w)) / side_sd(data)
}

# The least sum of squares over a box, from a grid of starts.
minimise <- function(f, low, high, starts) {
    best <- list(objective = Inf)
    for (i in seq_len(nrow(starts))) {
        start <- pmin(high, pmax(low, starts[i, ]))
        fit <- nlminb(start, f, lower = low, upper = high,
                      control = list(eval.max = 1000, iter.max = 500, rel.tol = 1e-13,
                                     x.tol = 1e-12, abs.tol = 1e-16))
        if (fit$objective < best$objective) best <- fit
    }
    best
}

best_side <- function(data, side, kind, low, high, least_share = 0) {
    if (kind == "rising") low <- max(low, least_exponent(data))
    if (low > high) return(NULL)
    f <- function(p) sum(side_residuals(data, side, kind, p[1], p[2])^2)
    ks <- if (low < high) unique(low + c(0, .03, .1, .2, .4, .7, 1) * (high - low)) else low
    starts <- as.matrix(expand.grid(ks, c(1, .7, .4, .1)))
    fit <- minimise(f, c(low, least_share), c(high, 1), starts)
    list(kind = kind, k = fit$par[1], share = fit$par[2], sum = fit$objective,
         residuals = side_residuals(data, side, kind, fit$par[1], fit$par[2]))
}

best_flat <- function(data, side) best_side(data, side, "flat", least_exponent(data), steepest)
best_of_all <- function(data, side) {
    flat <- best_flat(data, side)
    rising <- best_side(data, side, "rising", 0, steepest, if (length(data$size) > 2) 0 else 1)
    if (flat$sum <= rising$sum) flat else rising
}

# --- p-values -----------------------------------------------------------------------------

scale_of <- function(misfit, values, parameters) {
    if (values > parameters) max(1, misfit / (values - parameters)) else 1
}
p_value <- function(there, best, freedom, scale) {
    gain <- there^2 - best^2
    if (!(sum(gain) > 0)) return(0.5)
    share <- pmax(0, gain) / sum(pmax(0, gain))
    per <- sum(share^2 / freedom)
    root <- sqrt(sum(gain) / scale)
    if (per > 0) pt(root, 1 / per, lower.tail = FALSE) else pnorm(root, lower.tail = FALSE)
}

side_p <- function(data, side, best, others) {
    others <- Filter(Negate(is.null), others)
    if (!length(others)) return(0)
    other <- others[[which.min(sapply(others, function(o) o$sum))]]
    p_value(other$residuals, best$residuals, side_freedom(data),
            scale_of(best$sum, length(data$size), 3))
}
exponent_of <- function(best) if (best$kind == "flat") 0 else best$k

p_above <- function(data, side, ceiling) {
    best <- best_of_all(data, side)
    if (exponent_of(best) <= ceiling) return(1)
    side_p(data, side, best, list(best_flat(data, side),
                                  best_side(data, side, "rising", 0, ceiling)))
}
p_below <- function(data, side, ceiling) {
    best <- best_of_all(data, side)
    if (exponent_of(best) >= ceiling) return(1)
    side_p(data, side, best, list(best_side(data, side, "rising", ceiling, steepest)))
}
p_exponent <- function(data, side, best, k) {
    side_p(data, side, best, list(best_side(data, side, "rising", k, k)))
}

# The ends of the exponents that are not refuted, outwards from the estimate.
side_interval <- function(data, side, confidence) {
    best <- best_of_all(data, side)
    p <- function(k) p_exponent(data, side, best, k) - (1 - confidence) / 2
    k <- exponent_of(best)
    low <- if (side_p(data, side, best, list(best_flat(data, side))) >= (1 - confidence) / 2) 0
           else if (p(least_exponent(data)) >= 0) least_exponent(data)
           else uniroot(p, c(least_exponent(data), k), tol = 1e-7)$root
    high <- if (p(steepest) >= 0) Inf else uniroot(p, c(k, steepest), tol = 1e-7)$root
    c(low, high)
}

# --- a side by nls ------------------------------------------------------------------------

# a is in units of y at the smallest size, b in those that make the largest 1.
fit_by_nls <- function(data, side) {
    y <- side_log(data, side) - side_log(data, side)[1]
    n <- data$size / max(data$size)
    w <- 1 / side_sd(data)^2
    best <- NULL
    for (k in c(.3, .8, 1.2, 2, 3, 5)) for (a in c(0, .5, .9)) {
        fit <- tryCatch(nls(y ~ log(a + exp(lb) * n^k), start = list(a = a, lb = y[length(y)], k = k),
                            weights = w, algorithm = "port", lower = c(0, -30, .01),
                            upper = c(2, 30, steepest),
                            control = nls.control(maxiter = 500, tol = 1e-10, scaleOffset = 1,
                                                  warnOnly = TRUE)),
                        error = function(e) NULL)
        if (!is.null(fit) && (is.null(best) || deviance(fit) < deviance(best))) best <- fit
    }
    c(coef(best), misfit = deviance(best))
}

# --- both sides ---------------------------------------------------------------------------

both_residuals <- function(data, kinds, k, share) {
    base <- height(data, k[1], rise_of(data, kinds[1], k[1], share[1]))
    head <- height(data, k[2], rise_of(data, kinds[2], k[2], share[2]))
    level <- data$level - (base + head) / 2
    difference <- data$difference - (head - base)
    v <- 1 / data$level_sd^2
    w <- 1 / data$difference_sd^2
    c((level - sum(v * level) / sum(v)) / data$level_sd,
      (difference - sum(w * difference) / sum(w)) / data$difference_sd)
}

# A couple with exponents in boxes, or tied: head's is base's and tie.
best_both <- function(data, kinds, base = c(0, steepest), head = c(0, steepest), tie = NULL) {
    least <- least_exponent(data)
    base[1] <- max(base[1], least)
    head[1] <- max(head[1], least)
    if (!is.null(tie)) base <- c(max(base[1], head[1] - tie), min(base[2], head[2] - tie))
    if (base[1] > base[2] || head[1] > head[2]) return(NULL)
    exponents <- function(p) if (is.null(tie)) p[3:4] else c(p[3], p[3] + tie)
    f <- function(p) sum(both_residuals(data, kinds, exponents(p), p[1:2])^2)
    alone <- data$alone
    shares <- as.matrix(expand.grid(c(1, .4, 0), c(1, .4, 0)))
    if (is.null(tie)) {
        ks <- rbind(alone, c(alone[1], alone[1]), c(alone[2], alone[2]), c(1, 1), c(2, 2), c(4, 4), c(7, 7.5))
    } else {
        ks <- matrix(unique(c(alone[1], alone[2] - tie, .3, 1, 3, 7.5)), ncol = 1)
    }
    starts <- do.call(rbind, lapply(seq_len(nrow(ks)), function(i)
        cbind(shares, matrix(ks[i, ], nrow(shares), ncol(ks), byrow = TRUE))))
    low <- c(0, 0, base[1], if (is.null(tie)) head[1])
    high <- c(1, 1, base[2], if (is.null(tie)) head[2])
    fit <- minimise(f, low, high, starts)
    k <- exponents(fit$par)
    list(sum = fit$objective, residuals = both_residuals(data, kinds, k, fit$par[1:2]),
         difference = (if (kinds[2] == "flat") 0 else k[2]) - (if (kinds[1] == "flat") 0 else k[1]))
}

best_of_both <- function(data) {
    all <- list(best_both(data, c("flat", "flat")), best_both(data, c("rising", "flat")),
                best_both(data, c("flat", "rising")), best_both(data, c("rising", "rising")))
    all[[which.min(sapply(all, function(b) b$sum))]]
}
both_p <- function(data, best, others) {
    others <- Filter(Negate(is.null), others)
    other <- others[[which.min(sapply(others, function(o) o$sum))]]
    p_value(other$residuals, best$residuals,
            c(rep(Inf, length(data$size)), data$freedom),
            scale_of(best$sum, 2 * length(data$size), 6))
}
# One that rises and one that does not differ by the exponent of the first.
p_difference <- function(data, best, d) {
    one <- if (abs(d) < least_exponent(data)) best_both(data, c("flat", "flat"))
           else if (d > 0) best_both(data, c("flat", "rising"), head = c(d, d))
           else best_both(data, c("rising", "flat"), base = c(-d, -d))
    both_p(data, best, list(best_both(data, c("rising", "rising"), tie = d), one))
}
p_faster <- function(data, best, tolerance) {
    if (best$difference <= tolerance) return(1)
    any <- best_both(data, c("rising", "rising"))
    both_p(data, best, list(best_both(data, c("rising", "rising"), tie = tolerance),
                            best_both(data, c("flat", "flat")),
                            best_both(data, c("rising", "flat")),
                            best_both(data, c("flat", "rising"), head = c(0, tolerance)),
                            if (any$difference <= tolerance) any))
}
p_within <- function(data, best, tolerance) {
    if (best$difference >= tolerance) return(1)
    any <- best_both(data, c("rising", "rising"))
    both_p(data, best, list(best_both(data, c("rising", "rising"), tie = tolerance),
                            best_both(data, c("flat", "rising"), head = c(tolerance, steepest)),
                            if (any$difference >= tolerance) any))
}
difference_ends <- function(data, best, confidence) {
    p <- function(d) p_difference(data, best, d) - (1 - confidence) / 2
    sapply(c(-1, 1), function(direction) {
        step <- 0.02
        at <- best$difference
        while (p(at + direction * step) >= 0) {
            at <- at + direction * step
            step <- 1.5 * step
            if (abs(at) > steepest) return(direction * Inf)
        }
        uniroot(p, sort(c(at, at + direction * step)), tol = 1e-5)$root
    })
}

# --- cases --------------------------------------------------------------------------------

sizes <- list(c(1000, 10000, 100000), c(1000, 5000, 20000), c(100, 200, 400, 800),
              c(1000, 3000, 10000, 30000, 100000), c(10, 100, 1000, 10000),
              c(64, 128, 256, 512, 1024, 2048), c(1000, 10000))
curves <- list(c(0, 1), c(.5, 1), c(.9, 1), c(0, 2), c(.5, 2), c(.2, 1.5), c(.3, .5), c(0, .3),
               c(.95, 3), c(1, 1))

emit_side <- function(data, side) {
    best <- best_of_all(data, side)
    k <- exponent_of(best)
    if (best$kind == "rising" && length(data$size) > 2) {
        nls <- fit_by_nls(data, side)
        # The same minimum, unless it lies at the bound of what rises.
        if (best$share > 1e-6 && best$k < steepest && abs(nls["misfit"] - best$sum) > 1e-6 * (1 + best$sum))
            stop("nls and nlminb disagree: ", nls["misfit"], " ", best$sum)
        if (best$share > 1e-6 && best$sum > 1e-8 && abs(nls["k"] - best$k) > 1e-3)
            stop("nls and nlminb differ in k: ", nls["k"], " ", best$k)
    }
    most <- expm1(best$k * log(max(data$size) / min(data$size)))
    rise <- rise_of(data, best$kind, best$k, best$share)
    r <- side_log(data, side) - height(data, best$k, rise)
    smallest <- exp(sum(r / side_sd(data)^2) / sum(1 / side_sd(data)^2))
    emit("fit", side, k, smallest * max(0, 1 - rise / most),
         smallest * rise / most / min(data$size)^best$k, best$sum)
    if (k > 0) emit("interval", side, .95, side_interval(data, side, .95))
    for (ceiling in c(.25, 1.25)) {
        emit("above", side, ceiling, p_above(data, side, ceiling))
        emit("below", side, ceiling, p_below(data, side, ceiling))
    }
}

emit_both <- function(data, with_ends) {
    best <- best_of_both(data)
    emit("together", best$difference, best$sum)
    emit("faster", .1, p_faster(data, best, .1))
    emit("within", .1, p_within(data, best, .1))
    if (with_ends) emit("ends", .95, difference_ends(data, best, .95))
}

for (i in 1:64) {
    n <- sizes[[1 + i %% length(sizes)]]
    one <- curves[[1 + (i * 7) %% length(curves)]]
    two <- if (i %% 3) one else curves[[1 + (i * 3) %% length(curves)]]
    value <- function(curve) curve[1] + (1 - curve[1]) * (n / n[1])^curve[2]
    is_counted <- i %% 4 == 0
    data <- list(size = n, level_sd = rep(if (is_counted) .01 else .05, length(n)),
                 difference_sd = signif(runif(length(n), .003, .02) / (if (is_counted) 10 else 1), 3),
                 freedom = sample(c(7, 9, 14, 26, 134), length(n), replace = TRUE),
                 least_rise = if (is_counted) .03 else .15)
    base <- log(2 * value(one))
    head <- log(2.1 * value(two))
    data$level <- signif((base + head) / 2 + rnorm(length(n), 0, data$level_sd / 2), 9)
    data$difference <- signif(head - base + rnorm(length(n), 0, data$difference_sd), 9)
    # Where each side would be by itself, to start from.
    data$alone <- sapply(0:1, function(side) best_side(data, side, "rising", 0, steepest)$k)
    emit("sample", data$size)
    for (key in c("level", "level_sd", "difference", "difference_sd", "freedom", "least_rise"))
        emit(key, data[[key]])
    emit_side(data, 0)
    emit_side(data, 1)
    if (length(n) > 2) emit_both(data, i %% 7 == 1)
    cat("case", i, "\n")
}
close(out)
