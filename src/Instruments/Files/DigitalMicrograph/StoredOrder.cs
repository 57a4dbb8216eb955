namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>How the dimensions of a file, slowest first, have to be moved for the signal to stand last.</summary>
/// <param name="First">First dimension of those to be moved to the end.</param>
/// <param name="MovedCount">How many are moved; those that stand last already stay where they are.</param>
/// <param name="SignalCount">How many of the last dimensions belong to the signal.</param>
internal readonly record struct StoredOrder(int First, int MovedCount, int SignalCount)
{
    public T[] Apply<T>(IReadOnlyList<T> stored)
    {
        (int first, int count) = (First, MovedCount);
        return
        [
            .. stored.Take(first), .. stored.Skip(first + count), .. stored.Skip(first).Take(count),
        ];
    }

    /// <summary>
    /// A spectrum image without a unit has its channels first, as the acquisition writes it. Patterns have their
    /// pixels first where the older acquisition wrote them, and last where a tag says that the order is swapped;
    /// units of reciprocal length or angle tell where there is no tag.
    /// </summary>
    public static StoredOrder Of(
        IReadOnlyList<(int Length, AxisCalibration Calibration)> stored, bool isSpectrumImage, bool isSwapped)
    {
        int last = stored.Count - 1;
        int spectral = -1;
        for (int i = last; i >= 0; i--)
        {
            spectral = stored[i].Calibration.ElectronVoltsPerUnit is not null ? i : spectral;
        }

        if (spectral >= 0 || (isSpectrumImage && stored.Count == 3))
        {
            return new StoredOrder(Math.Max(spectral, 0), 1, 1);
        }

        bool[] reciprocal =
            [.. stored.Select(static axis => IsReciprocal(axis.Calibration.Unit))];
        return stored.Count switch
        {
            1 => new StoredOrder(0, 1, 1),
            2 => new StoredOrder(0, 2, 2),
            4 when !isSwapped && reciprocal is [true, true, false, false] => new StoredOrder(0, 2, 2),
            _ => new StoredOrder(last - 1, 2, 2),
        };
    }

    private static bool IsReciprocal(string unit) =>
        AxisUnits.ReciprocalNanometresPer(unit) is not null || AxisUnits.MilliradiansPer(unit) is not null;
}
