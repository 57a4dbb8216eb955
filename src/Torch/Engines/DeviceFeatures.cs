using DklActors.Learning.Candidates;
using DklActors.Learning.Features;
using DklActors.Messages.Geometry;

namespace DklActors.Torch.Engines;

/// <summary>
/// The features of all candidates on a device. Pixels are cut there from the image whenever they are asked for, as the
/// managed engine does on the host; the other columns lie there whole.
/// </summary>
internal sealed class DeviceFeatures
{
    private readonly Device _device;
    private readonly Tensor? _stored;
    private readonly Tensor? _image;
    private readonly Tensor? _corners;
    private readonly Tensor? _offsets;
    private readonly Tensor? _means;
    private readonly Tensor? _factors;

    /// <param name="features">What the managed side computed.</param>
    /// <param name="device">Where they are to lie.</param>
    /// <param name="type">Type of the network's numbers.</param>
    public DeviceFeatures(FeatureMatrix features, Device device, ScalarType type)
    {
        _device = device;
        long stored = features.Stored.Length / features.Count;
        _stored = stored > 0
            ? Kept(torch.tensor(features.Stored.ToArray(), [features.Count, stored], dtype: type, device: device))
            : null;
        if (features.PixelScales.IsEmpty)
        {
            return;
        }

        CandidateSet candidates = features.Candidates;
        float[] values = candidates.Image.Values.ToArray();

        // Numbers near 0 lose nothing when a mean is taken off them in float32.
        double centre = values.Average(static value => (double)value);
        float[] image = Array.ConvertAll(values, value => (float)(value - centre));
        int size = candidates.Window.Size, columns = candidates.Image.Shape.Columns;
        long[] corners = new long[features.Count], offsets = new long[size * size];
        for (int i = 0; i < corners.Length; i++)
        {
            GridPoint corner = candidates.Window.UpperLeftOf(candidates.PointAt(i));
            corners[i] = ((long)corner.Row * columns) + corner.Column;
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = ((long)(i / size) * columns) + (i % size);
        }

        ColumnScale[] scales = features.PixelScales.ToArray();
        float[] means = Array.ConvertAll(scales, scale => (float)(scale.Mean - centre));
        float[] factors = Array.ConvertAll(scales, static scale => (float)scale.Factor);
        _image = Kept(torch.tensor(image, [image.Length], dtype: type, device: device));
        _corners = Kept(torch.tensor(corners, [corners.Length], device: device));
        _offsets = Kept(torch.tensor(offsets, [offsets.Length], device: device));
        _means = Kept(torch.tensor(means, [means.Length], dtype: type, device: device));
        _factors = Kept(torch.tensor(factors, [factors.Length], dtype: type, device: device));
    }

    /// <summary>The rows of some candidates, in their order, n × F.</summary>
    public Tensor Rows(int[] candidates)
    {
        long[] numbers = Array.ConvertAll(candidates, static candidate => (long)candidate);
        return Rows(torch.tensor(numbers, [numbers.Length], device: _device));
    }

    /// <summary>The rows of count candidates from start on, count × F.</summary>
    public Tensor Rows(int start, int count) => Rows(torch.arange(start, start + count, int64, _device));

    // The engine keeps them as long as it lives.
    private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();

    private Tensor Rows(Tensor candidates)
    {
        Tensor? stored = _stored?.index_select(0, candidates);
        if (_image is null)
        {
            return stored!;
        }

        Tensor places = _corners!.index_select(0, candidates).unsqueeze(1) + _offsets!;
        Tensor pixels = (_image.take(places) - _means!) * _factors!;
        return stored is null ? pixels : torch.cat([pixels, stored], 1);
    }
}
