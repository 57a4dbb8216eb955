namespace DklActors.Learning.Linear;

/// <summary>Where a product goes; element (i, j) is at i · RowStride + j.</summary>
/// <param name="Values">Borrowed memory.</param>
/// <param name="RowStride">Distance of rows.</param>
/// <param name="Update">What becomes of what is there.</param>
/// <param name="LowerOnly">
/// Whether only elements on and below the diagonal are wanted; some of those above may be written all the same.
/// </param>
internal readonly record struct MatrixTarget<T>(
    Memory<T> Values, int RowStride, ProductUpdate Update = ProductUpdate.Replace, bool LowerOnly = false)
    where T : unmanaged;
