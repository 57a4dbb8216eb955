namespace DklActors.Torch.Binding;

public static partial class torch
{
    public static ScalarType int32 => ScalarType.Int32;

    public static ScalarType int64 => ScalarType.Int64;

    public static ScalarType float32 => ScalarType.Float32;

    public static ScalarType float64 => ScalarType.Float64;

    public static ScalarType @bool => ScalarType.Bool;

    /// <summary>The processor.</summary>
    public static Device CPU { get; } = new(DeviceType.CPU);

    /// <summary>Types of elements, by libtorch's numbers.</summary>
    public enum ScalarType
    {
        Int32 = 3,
        Int64 = 4,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
    }

    /// <summary>How <see cref="cdist"/> computes Euclidean distances.</summary>
    public enum compute_mode
    {
        use_mm_for_euclid_dist_if_necessary = 0,
        use_mm_for_euclid_dist = 1,
        donot_use_mm_for_euclid_dist = 2,
    }

    /// <param name="description"><c>cpu</c>, <c>cuda</c> or <c>cuda:</c> and a number.</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static Device device(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        string[] parts = description.Split(':');
        int index = -1;
        bool isIndexed = parts.Length == 2 && int.TryParse(parts[1], out index) && index >= 0;
        return (parts[0], parts.Length == 1 || isIndexed) switch
        {
            ("cpu", true) => new Device(DeviceType.CPU, index),
            ("cuda", true) => new Device(DeviceType.CUDA, index),
            _ => throw new ArgumentException(
                $"There is no device '{description}'; it must be cpu, cuda or cuda:0.", nameof(description)),
        };
    }

    /// <summary>Where a tensor lies and is computed with.</summary>
    /// <param name="type">Kind.</param>
    /// <param name="index">Number among its kind; −1 for the current one.</param>
    public sealed record Device(DeviceType type, int index = -1)
    {
        public override string ToString() =>
            type.ToString().ToLowerInvariant() + (index >= 0 ? $":{index}" : "");
    }
}
