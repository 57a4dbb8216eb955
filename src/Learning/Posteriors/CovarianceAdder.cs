namespace DklActors.Learning.Posteriors;

/// <summary>block[a·length + i] += factor · cov(chosen a, candidate start + i).</summary>
/// <param name="factor">Weight of what is added.</param>
/// <param name="start">First candidate of the run.</param>
/// <param name="length">Its length.</param>
/// <param name="block">One row of <paramref name="length"/> values a chosen candidate.</param>
internal delegate void CovarianceAdder(double factor, int start, int length, Span<double> block);
