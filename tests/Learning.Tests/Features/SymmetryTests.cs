using DklActors.Learning.Candidates;
using DklActors.Learning.Features;
using DklActors.Learning.Randomness;
using DklActors.Learning.Tests.Ensembles;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Learning.Tests.Features;

/// <summary>Rings and symmetric components tell what is there, whatever its orientation.</summary>
public sealed class SymmetryTests
{
    private const int Side = 36;
    private const int Components = 5;

    public static TheoryData<bool, string> Moves()
    {
        var data = new TheoryData<bool, string>();
        foreach (string move in new[] { "quarter", "half", "mirror", "diagonal" })
        {
            data.Add(false, move);
            data.Add(true, move);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void They_do_not_change_when_the_image_is_turned_or_mirrored(bool rings, string move)
    {
        // A texture without any symmetry of its own: its components have none either.
        StructuralImage image = Samples.Texture(3).Image;
        float[] moved = new float[Side * Side];
        for (int r = 0; r < Side; r++)
        {
            for (int c = 0; c < Side; c++)
            {
                GridPoint to = Moved(r, c, move);
                moved[(to.Row * Side) + to.Column] = image[new GridPoint(r, c)];
            }
        }

        CandidateSet before = Candidates(image.Values), after = Candidates(moved);
        FeatureBlock original = Extract(before, rings), turned = Extract(after, rings);
        original.Values.Max(Math.Abs).Should().BeGreaterThan(0.1f);
        for (int i = 0; i < before.Count; i++)
        {
            GridPoint point = before.PointAt(i);
            after.TryIndexOf(Moved(point.Row, point.Column, move), out int there).Should().BeTrue();
            for (int k = 0; k < original.Width; k++)
            {
                turned.Values[(there * original.Width) + k].Should().BeApproximately(
                    original.Values[(i * original.Width) + k], 2e-4f, $"feature {k} of {point}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_motif_looks_the_same_in_all_its_eight_orientations_within_one_image(bool rings)
    {
        // Wide enough that the outermost ring stays within the motif.
        const int Tile = 19, Centre = Tile / 2;
        SeededRandom random = SeededRandom.Derive(8, RandomPurpose.SeedDesign);
        float[] motif = [.. Enumerable.Range(0, Tile * Tile).Select(_ => (float)random.NextGaussian())];
        var shape = new GridShape(Tile, 8 * Tile);
        float[] values = new float[shape.Count];
        for (int pixel = 0; pixel < motif.Length; pixel++)
        {
            for (int orientation = 0; orientation < 8; orientation++)
            {
                (int row, int column) = (pixel / Tile, pixel % Tile);
                column = orientation < 4 ? column : Tile - 1 - column;
                for (int quarter = 0; quarter < orientation % 4; quarter++)
                {
                    (row, column) = (column, Tile - 1 - row);
                }

                values[(row * shape.Columns) + (orientation * Tile) + column] = motif[pixel];
            }
        }

        var candidates = CandidateSet.Create(
            new StructuralImage("HAADF", shape, new Nanometre(1.0), values), new PatchWindow(7));
        FeatureBlock block = Extract(candidates, rings);
        candidates.TryIndexOf(new GridPoint(Centre, Centre), out int first);
        block.Values.AsSpan(first * block.Width, block.Width).ToArray().Max(Math.Abs).Should().BeGreaterThan(0.05f);
        for (int orientation = 1; orientation < 8; orientation++)
        {
            candidates.TryIndexOf(new GridPoint(Centre, Centre + (orientation * Tile)), out int other);
            for (int k = 0; k < block.Width; k++)
            {
                block.Values[(other * block.Width) + k].Should().BeApproximately(
                    block.Values[(first * block.Width) + k], 1e-5f, $"feature {k} in orientation {orientation}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_do_change_with_what_is_there(bool rings)
    {
        CandidateSet candidates = Candidates(Scenes.Image(Side, Side).Values);
        FeatureBlock block = Extract(candidates, rings);
        Enumerable.Range(0, candidates.Count).Select(i => block.Values[i * block.Width]).Distinct()
            .Count().Should().BeGreaterThan(candidates.Count / 2);
    }

    [Theory]
    [InlineData(0.0f)]
    [InlineData(1234.567f)]
    [InlineData(-3e8f)]
    public void An_image_of_one_colour_has_features_of_zero(float colour)
    {
        CandidateSet candidates = CandidateSet.Create(Scenes.FlatImage(20, 20, colour), new PatchWindow(5));
        var options = FeatureOptions.Nothing with { RingComponents = 6, DihedralComponents = 4 };
        FeatureMatrix matrix = FeatureMatrix.Create(candidates, options);
        matrix.Width.Should().Be(6 + 8);
        matrix.Gather([.. Enumerable.Range(0, matrix.Count)]).Should().OnlyContain(value => value == 0.0f);
    }

    [Fact]
    public void Components_beyond_what_the_patches_vary_in_are_zero_and_not_rounding_blown_up()
    {
        // Vertical stripes of period 4: the patches are four, and span three dimensions.
        float[] stripes = [.. Enumerable.Range(0, Side * Side).Select(i => (float)(i % Side % 4 == 0 ? 0.3 : 0.1))];
        var options = FeatureOptions.Nothing with { PrincipalComponents = 8 };
        FeatureMatrix matrix = FeatureMatrix.Create(Candidates(stripes), options);
        float[] rows = matrix.Gather([.. Enumerable.Range(0, matrix.Count)]);
        for (int k = 0; k < 8; k++)
        {
            float greatest = Enumerable.Range(0, matrix.Count).Max(i => Math.Abs(rows[(i * 8) + k]));
            if (k < 3)
            {
                greatest.Should().BeGreaterThan(0.5f);
            }
            else
            {
                greatest.Should().Be(0.0f, $"component {k} carries nothing");
            }
        }
    }

    [Fact]
    public void Rings_reach_beyond_images_that_are_smaller_than_they_are()
    {
        var tiny = CandidateSet.Create(Scenes.Image(3, 4), new PatchWindow(1));
        FeatureBlock block = RingFeatures.Extract(tiny, 6);
        block.Values.Should().HaveCount(12 * 6).And.OnlyContain(value => float.IsFinite(value));
    }

    private static FeatureBlock Extract(CandidateSet candidates, bool rings) => rings
        ? RingFeatures.Extract(candidates, Components)
        : DihedralFeatures.Extract(candidates, Components);

    private static CandidateSet Candidates(ReadOnlyMemory<float> values) => CandidateSet.Create(
        new StructuralImage("HAADF", new GridShape(Side, Side), new Nanometre(1.0), values), new PatchWindow(7));

    private static GridPoint Moved(int row, int column, string move) => move switch
    {
        "quarter" => new GridPoint(column, Side - 1 - row),
        "half" => new GridPoint(Side - 1 - row, Side - 1 - column),
        "mirror" => new GridPoint(row, Side - 1 - column),
        _ => new GridPoint(column, row),
    };
}
