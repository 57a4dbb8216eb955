using DklActors.Instruments.Files;
using DklActors.Instruments.Preacquired;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Preacquired;

/// <summary>Data sets whose parts do not fit: each is refused with array, shapes and remedy on one line.</summary>
public sealed class MisfitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new[] { 3, 5 }, "*'frames': its shape is (3, 5), and (4, 6, channels)*that divides it evenly*")]
    [InlineData(new[] { 8, 6 }, "*its shape is (8, 6)*")]
    [InlineData(new[] { 24 }, "*its shape is (24,), one frame a place, and the places are not given*as positions.")]
    [InlineData(new[] { 2, 2, 2, 2, 2 }, "*its shape is (2, 2, 2, 2, 2)*")]
    [InlineData(new int[0], "*its shape is (), and*")]
    [InlineData(new[] { 4, 6, 3 }, "*their energy axis is not given*")]
    public void Frames_without_positions(int[] shape, string message) => Refusal(shape).Should().Match(message);

    [Theory]
    [InlineData(new[] { 3, 2 }, new double[] { 0, 0, 1, 1, 2, 2 }, "*'positions': its shape is (3, 2), and (2, 2)*")]
    [InlineData(new[] { 2 }, new double[] { 0, 5 }, "*'positions': its shape is (2,), and (N, 2)*")]
    [InlineData(new[] { 2, 2 }, new double[] { 0, 0, 4, 1 }, "*position 1 is (4, 1)*the image of 4×6 px*from 0.")]
    [InlineData(new[] { 2, 2 }, new double[] { 0, 0, 0.5, 1 }, "*position 1 is (0.5, 1)*whole pixels*")]
    [InlineData(new[] { 2, 2 }, new[] { 0, 0, double.NaN, 1 }, "*position 1 is (NaN, 1)*")]
    [InlineData(new[] { 2, 2 }, new double[] { 3, 1, 3, 1 }, "*(3, 1) stands there twice*")]
    public void Positions(int[] shape, double[] positions, string message) =>
        Refusal([2], writer => writer.Add<double>("positions", shape, positions), static source => source with
        {
            PositionsArray = "positions",
        }).Should().Match(message);

    [Fact]
    public void Positions_beside_a_coarser_grid() =>
        Refusal([2, 3], static writer => writer.Add<int>("positions", [1, 2], [0, 0]), static source => source with
        {
            PositionsArray = "positions",
        }).Should().Match("*'frames': its shape is (2, 3)*").And.NotContain("divides it evenly");

    [Fact]
    public void A_truth_of_another_shape() =>
        Refusal([4, 6], static writer => writer.Add<float>("truth", [24], new float[24]), static source => source with
        {
            TruthArray = "truth",
        }).Should().Match("*'truth': its shape is (24,), and (4, 6) is expected, that of 'frames'*");

    [Theory]
    [InlineData(new[] { 1 }, new double[] { 24 }, "*'seeds': element 0 is 24, and a number from 0 to 23*")]
    [InlineData(new[] { 2 }, new[] { 1, 0.5 }, "*element 1 is 0.5*")]
    [InlineData(new[] { 2 }, new double[] { 7, 7 }, "*(1, 1) stands there twice*")]
    [InlineData(new[] { 1, 2 }, new double[] { 4, 0 }, "*position 0 is (4, 0)*")]
    [InlineData(new[] { 1, 1, 1 }, new double[] { 4 }, "*its shape is (1, 1, 1), and (N,)*")]
    public void Seed_points(int[] shape, double[] seeds, string message) =>
        Refusal([4, 6], writer => writer.Add<double>("seeds", shape, seeds), static source => source with
        {
            SeedsArray = "seeds",
        }).Should().Match(message);

    [Fact]
    public void Seed_points_where_nothing_was_measured() =>
        Refusal([2, 3], static writer => writer.Add<int>("seeds", [1, 2], [0, 0]), static source => source with
        {
            SeedsArray = "seeds",
        }).Should().Match("*'seeds': there is no frame at (0, 0)*");

    [Fact]
    public void A_value_that_is_no_number()
    {
        float[] values = new float[24];
        values[7] = float.NaN;

        Refusal([4, 6], null, values: values).Should().Match("*the value at (1, 1) is NaN*positions*");
    }

    private string Refusal(
        int[] shape,
        Action<NpzWriter>? add = null,
        Func<PreacquiredSource, PreacquiredSource>? change = null,
        float[]? values = null)
    {
        string path = _folder.WriteNpz("data.npz", writer =>
        {
            writer.Add<float>("image", [4, 6], new float[24]);
            int count = shape.Aggregate(1, static (product, next) => product * next);
            writer.Add<float>("frames", shape, values ?? new float[count]);
            add?.Invoke(writer);
        });
        var source = new PreacquiredSource(path, "image", "frames", new PixelSizeSource.Given(new Nanometre(1)));
        string message = FluentActions.Invoking(() => PreacquiredData.Open(change?.Invoke(source) ?? source))
            .Should().Throw<DataFileException>().Which.Message;
        message.Should().StartWith(path).And.NotContain("\n");
        return message;
    }
}
