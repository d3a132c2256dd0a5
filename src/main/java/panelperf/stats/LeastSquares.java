package panelperf.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A sum of terms fitted to observations, each weighted: the coefficients with the least weighted sum of squares, by the
 * normal equations (Draper and Smith 1998, chapter 5), which are exact enough for a few terms of like size.
 *
 * @param coefficients one for each term
 * @param errors their standard errors; not a number where there are no more observations than terms
 * @param spare how many observations there are beyond the terms
 */
public record LeastSquares(List<Double> coefficients, List<Double> errors, int spare) {
    public LeastSquares {
        coefficients = List.copyOf(coefficients);
        errors = List.copyOf(errors);
    }

    /**
     * Fits.
     *
     * @param terms a row for each observation
     * @param values what was observed
     * @param weights how much each observation counts; more than 0
     * @throws IllegalArgumentException when there are fewer observations than terms, or the terms depend on each other
     */
    public static LeastSquares fit(double[][] terms, double[] values, double[] weights) {
        int n = values.length;
        int k = n == 0 ? 0 : terms[0].length;
        if (n < k || k == 0) {
            throw new IllegalArgumentException(
                    "least squares: expected at least as many observations as terms, found " + n + " and " + k);
        }
        double[][] normal = new double[k][k];
        double[] right = new double[k];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < k; a++) {
                right[a] += weights[i] * terms[i][a] * values[i];
                for (int b = 0; b < k; b++) {
                    normal[a][b] += weights[i] * terms[i][a] * terms[i][b];
                }
            }
        }
        double[][] inverse = inverse(normal);
        double[] coefficients = new double[k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                coefficients[a] += inverse[a][b] * right[b];
            }
        }
        double variance = residual(terms, values, weights, coefficients) / (n - k);
        double[] errors = new double[k];
        for (int a = 0; a < k; a++) {
            errors[a] = n == k ? Double.NaN : Math.sqrt(variance * inverse[a][a]);
        }
        return new LeastSquares(list(coefficients), list(errors), n - k);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double residual(double[][] terms, double[] values, double[] weights, double[] coefficients) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double left = values[i];
            for (int a = 0; a < coefficients.length; a++) {
                left -= coefficients[a] * terms[i][a];
            }
            sum += weights[i] * left * left;
        }
        return sum;
    }

    /** By elimination with row exchange (Gauss and Jordan). */
    private static double[][] inverse(double[][] matrix) {
        int k = matrix.length;
        double[][] work = new double[k][];
        for (int i = 0; i < k; i++) {
            work[i] = Arrays.copyOf(matrix[i], 2 * k);
            work[i][k + i] = 1;
        }
        for (int column = 0; column < k; column++) {
            int best = column;
            for (int i = column; i < k; i++) {
                best = Math.abs(work[i][column]) > Math.abs(work[best][column]) ? i : best;
            }
            double[] pivot = work[best];
            work[best] = work[column];
            work[column] = pivot;
            double head = pivot[column];
            if (Math.abs(head) <= 1e-12 * Math.abs(matrix[column][column])) {
                throw new IllegalArgumentException("least squares: expected terms that do not depend on each other");
            }
            for (int j = 0; j < 2 * k; j++) {
                pivot[j] /= head;
            }
            for (int i = 0; i < k; i++) {
                double factor = work[i][column];
                for (int j = 0; i != column && j < 2 * k; j++) {
                    work[i][j] -= factor * pivot[j];
                }
            }
        }
        double[][] inverse = new double[k][];
        for (int i = 0; i < k; i++) {
            inverse[i] = Arrays.copyOfRange(work[i], k, 2 * k);
        }
        return inverse;
    }

    /** Where a coefficient lies with 95 % confidence if errors are normal; unknown without spare observations. */
    public Interval interval(int term) {
        if (spare == 0) {
            return Interval.unknown();
        }
        double reach = TDistribution.of(spare).inverseCumulativeProbability(1 - Interval.TAIL) * errors.get(term);
        return new Interval(coefficients.get(term) - reach, coefficients.get(term) + reach);
    }
}
