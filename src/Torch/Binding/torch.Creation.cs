using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

/// <summary>libtorch under the names of TorchSharp, for what the engine needs and nothing more.</summary>
public static partial class torch
{
    public static string __version__
    {
        get
        {
            TorchLibrary.Require();
            return Marshal.PtrToStringUTF8(NativeMethods.dkl_torch_version())!;
        }
    }

    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null) =>
        From<float>(rawArray, dimensions, float32, dtype, device);

    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null) =>
        From<double>(rawArray, dimensions, float64, dtype, device);

    public static Tensor tensor(
        long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null) =>
        From<long>(rawArray, dimensions, int64, dtype, device);

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null) =>
        full(size, 0.0, dtype, device);

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null) =>
        full(size, 1.0, dtype, device);

    public static Tensor full(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null)
    {
        TorchLibrary.Require();
        Device place = device ?? CPU;
        return Tensor.Made(NativeMethods.dkl_full(
            value.Value, size, size.Length, (int)(dtype ?? float32), (int)place.type, place.index));
    }

    public static Tensor eye(long rows, ScalarType? dtype = null, Device? device = null)
    {
        TorchLibrary.Require();
        Device place = device ?? CPU;
        return Tensor.Made(NativeMethods.dkl_eye(rows, (int)(dtype ?? float32), (int)place.type, place.index));
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null)
    {
        TorchLibrary.Require();
        Device place = device ?? CPU;
        return Tensor.Made(NativeMethods.dkl_arange(
            (long)start.Value, (long)stop.Value, (int)(dtype ?? int64), (int)place.type, place.index));
    }

    private static Tensor From<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType type, ScalarType? dtype, Device? device)
        where T : unmanaged
    {
        TorchLibrary.Require();
        long count = 1;
        foreach (long size in shape)
        {
            count *= size;
        }

        if (count != values.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values do not make a tensor of [{string.Join(", ", shape.ToArray())}].",
                nameof(shape));
        }

        Device place = device ?? CPU;
        var made = Tensor.Made(NativeMethods.dkl_from(
            MemoryMarshal.AsBytes(values), shape, shape.Length, (int)type, (int)place.type, place.index));
        if (dtype is not { } wanted || wanted == type)
        {
            return made;
        }

        using (made)
        {
            return made.to(wanted);
        }
    }
}
