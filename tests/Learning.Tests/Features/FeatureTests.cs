using DklActors.Learning.Candidates;
using DklActors.Learning.Features;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.Features;

public sealed class FeatureTests
{
    [Fact]
    public void Jets_of_a_parabola_are_its_derivatives()
    {
        var shape = new GridShape(41, 41);
        float[] values = [.. Enumerable.Range(0, shape.Count).Select(i =>
        {
            double r = (i / 41) - 20, c = (i % 41) - 20;
            return (float)((0.5 * r) - (0.25 * c) + (0.125 * r * r) + (0.0625 * r * c) - (0.03125 * c * c));
        })];
        GaussianJet jet = GaussianJet.Compute(values, shape, 2.0);
        int centre = shape.IndexOf(new GridPoint(20, 20));
        jet.Row[centre].Should().BeApproximately(0.5, 1e-6);
        jet.Column[centre].Should().BeApproximately(-0.25, 1e-6);
        jet.RowRow[centre].Should().BeApproximately(0.25, 1e-6);
        jet.RowColumn[centre].Should().BeApproximately(0.0625, 1e-6);
        jet.ColumnColumn[centre].Should().BeApproximately(-0.0625, 1e-6);
        // A Gaussian of variance 4 adds ½·4·(Lrr + Lcc) to a parabola (a little less where it is truncated).
        jet.Smooth[centre].Should().BeApproximately(0.375, 2e-3);
    }

    [Fact]
    public void Jets_do_not_change_when_the_image_is_turned_or_mirrored()
    {
        var shape = new GridShape(25, 25);
        StructuralImage image = Scenes.Image(25, 25);
        float[] turned = new float[shape.Count];
        for (int r = 0; r < 25; r++)
        {
            for (int c = 0; c < 25; c++)
            {
                turned[(c * 25) + 24 - r] = image[new GridPoint(r, c)];
            }
        }

        float[] before = Jets(image);
        float[] after = Jets(new StructuralImage("HAADF", shape, new Nanometre(1.0), turned));
        for (int k = 0; k < JetFeatures.PerScale * 2; k++)
        {
            int original = (shape.IndexOf(new GridPoint(6, 9)) * 8) + k;
            int moved = (shape.IndexOf(new GridPoint(9, 18)) * 8) + k;
            after[moved].Should().BeApproximately(before[original], 1e-5f);
        }
    }

    [Fact]
    public void Principal_components_are_the_projections_on_MathNets_singular_vectors()
    {
        CandidateSet candidates = Scenes.Candidates(5);
        FeatureBlock block = PrincipalComponentFeatures.Extract(candidates, 6);
        Matrix<double> x = Matrix<double>.Build.Dense(candidates.Count, 25);
        float[] patch = new float[25];
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.CutPatch(i, patch);
            x.SetRow(i, Array.ConvertAll(patch, value => (double)value));
        }

        Vector<double> mean = x.ColumnSums() / candidates.Count;
        Matrix<double> centred = Matrix<double>.Build.Dense(candidates.Count, 25, (i, p) => x[i, p] - mean[p]);
        Matrix<double> scores = centred * centred.Svd().VT.Transpose();
        block.Width.Should().Be(6);
        for (int k = 0; k < 6; k++)
        {
            double sign = Math.Sign(scores[0, k]) * Math.Sign(block.Values[k]);
            for (int i = 0; i < candidates.Count; i++)
            {
                ((double)block.Values[(i * 6) + k]).Should().BeApproximately(sign * scores[i, k], 1e-4);
            }
        }
    }

    [Fact]
    public void Columns_are_standardised_over_the_candidates_and_know_their_block()
    {
        var options = new FeatureOptions
        {
            Pixels = true, PrincipalComponents = 3, JetScalesInPixels = [1.5], Position = true,
        };
        FeatureMatrix matrix = FeatureMatrix.Create(Scenes.Candidates(3), options);
        matrix.Width.Should().Be(9 + 3 + 4 + 2);
        matrix.Blocks.Should().Equal(
            new FeatureSpan("pixels", 0, 9, IsOneSpace: true),
            new FeatureSpan("components", 9, 3, IsOneSpace: true),
            new FeatureSpan("jets", 12, 4, IsOneSpace: false),
            new FeatureSpan("position", 16, 2, IsOneSpace: true));
        float[] rows = All(matrix);
        double[] variances = new double[matrix.Width];
        for (int column = 0; column < matrix.Width; column++)
        {
            double[] values = [.. Enumerable.Range(0, matrix.Count)
                .Select(i => (double)rows[(i * matrix.Width) + column])];
            values.Average().Should().BeApproximately(0.0, 1e-5);
            variances[column] = values.Average(value => value * value);
        }

        // Pixels are standardised one by one where they are cut, jets because they differ in kind.
        variances[..9].Concat(variances[12..16]).Should().AllSatisfy(v => v.Should().BeApproximately(1.0, 1e-5));
        variances[9..12].Average().Should().BeApproximately(1.0, 1e-5);
        variances[9..12].Should().BeInDescendingOrder("later components vary less, and so count for less");
        variances[16..].Average().Should().BeApproximately(1.0, 1e-5);
    }

    [Fact]
    public void An_image_of_one_colour_has_features_of_zero()
    {
        var candidates = CandidateSet.Create(Scenes.FlatImage(value: 1234.567f), new PatchWindow(3));
        var options = new FeatureOptions
        {
            Pixels = true, PrincipalComponents = 4, JetScalesInPixels = [1.0, 2.0], Position = false,
        };
        All(FeatureMatrix.Create(candidates, options)).Should().OnlyContain(value => value == 0.0f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_put_together_on_the_fly_are_those_gathered(bool pixels)
    {
        var matrix = FeatureMatrix.Create(Scenes.Candidates(3), new FeatureOptions { Pixels = pixels });
        float[] scratch = [];
        matrix.Rows(17, 40, ref scratch).ToArray().Should().Equal(matrix.Gather([.. Enumerable.Range(17, 40)]));
        scratch.Length.Should().Be(pixels ? 40 * matrix.Width : 0);
    }

    private static float[] All(FeatureMatrix matrix) => matrix.Gather([.. Enumerable.Range(0, matrix.Count)]);

    private static float[] Jets(StructuralImage image) =>
        JetFeatures.Extract(CandidateSet.Create(image, new PatchWindow(1)), [1.0, 2.0]).Values;
}
