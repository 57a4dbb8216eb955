using DklActors.Learning.Candidates;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Learning.Tests.Candidates;

public sealed class CandidateSetTests
{
    [Theory]
    [InlineData(9, 120 * 120, 4, 4)]
    [InlineData(16, 113 * 113, 8, 8)]
    [InlineData(1, 128 * 128, 0, 0)]
    [InlineData(128, 1, 64, 64)]
    public void All_pixels_whose_patch_fits_are_candidates(int size, int count, int firstRow, int firstColumn)
    {
        var candidates = CandidateSet.Create(Scenes.FlatImage(128, 128), new PatchWindow(size));
        candidates.Count.Should().Be(count);
        candidates.PointAt(0).Should().Be(new GridPoint(firstRow, firstColumn));
    }

    [Fact]
    public void Numbers_and_points_are_inverse_and_in_row_major_order()
    {
        bool[] mask = new bool[24 * 28];
        mask[(5 * 28) + 6] = true;
        var candidates = CandidateSet.Create(Scenes.Image(), new PatchWindow(5), mask);
        candidates.Count.Should().Be((20 * 24) - 1);
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.TryIndexOf(candidates.PointAt(i), out int found).Should().BeTrue();
            found.Should().Be(i);
        }

        candidates.TryIndexOf(new GridPoint(5, 6), out _).Should().BeFalse();
        candidates.TryIndexOf(new GridPoint(1, 6), out _).Should().BeFalse();
        candidates.TryIndexOf(new GridPoint(-1, 400), out _).Should().BeFalse();
    }

    // Of a 24 × 28 image a patch of 4 leaves the pixels (2, 2) … (22, 26).
    [Theory]
    [InlineData(7.4, 8.6, 7, 9)]
    [InlineData(-3, 0.2, 2, 2)]
    [InlineData(30, 26.9, 22, 26)]
    public void A_place_belongs_to_its_pixel_or_the_nearest_whose_patch_fits(
        double row, double column, int nearestRow, int nearestColumn) =>
        CandidateSet.Create(Scenes.Image(), new PatchWindow(4)).NearestTo(new ProbePosition(row, column))
            .Should().Be(new GridPoint(nearestRow, nearestColumn));

    [Theory]
    [InlineData(9.2, 3.3, 9, 3)]
    [InlineData(6.4, 4.9, 5, 6)]
    [InlineData(0, 0, 5, 6)]
    public void Among_sites_a_place_belongs_to_the_nearest(
        double row, double column, int nearestRow, int nearestColumn) =>
        CandidateSet.Among(Scenes.Image(), new PatchWindow(4), [new(9, 3), new(5, 6), new(20, 20), new(0, 0)])
            .NearestTo(new ProbePosition(row, column))
            .Should().Be(new GridPoint(nearestRow, nearestColumn));

    [Fact]
    public void Among_sites_those_those_are_candidates_whose_patch_fits_in_row_major_order()
    {
        GridPoint[] sites = [new(9, 3), new(5, 6), new(1, 6), new(5, 5)];
        var candidates = CandidateSet.Among(Scenes.Image(), new PatchWindow(5), sites);
        Enumerable.Range(0, candidates.Count).Select(candidates.PointAt)
            .Should().Equal(new GridPoint(5, 5), new(5, 6), new(9, 3));
        CandidateSet.Among(Scenes.Image(), new PatchWindow(5), null).Count.Should().Be(20 * 24);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_patch_holds_the_pixels_of_the_image_around_its_candidate(int size)
    {
        float[] ramp = [.. Enumerable.Range(0, 10 * 12).Select(i => (float)i)];
        var image = new StructuralImage("HAADF", new GridShape(10, 12), new Nanometre(1.0), ramp);
        var candidates = CandidateSet.Create(image, new PatchWindow(size));
        candidates.TryIndexOf(new GridPoint(5, 7), out int candidate).Should().BeTrue();
        float[] patch = new float[size * size];
        candidates.CutPatch(candidate, patch);
        patch[0].Should().Be(((5 - (size / 2)) * 12) + 7 - (size / 2));
        patch[((size / 2) * size) + (size / 2)].Should().Be((5 * 12) + 7);
        patch[size].Should().Be(patch[0] + 12);
        Action wrong = () => candidates.CutPatch(candidate, new float[(size * size) + 1]);
        wrong.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void What_leaves_nothing_to_measure_is_refused_with_a_remedy()
    {
        Action tooLarge = () => CandidateSet.Create(Scenes.Image(), new PatchWindow(25));
        Action empty = () => CandidateSet.Create(Scenes.Image(), new PatchWindow(0));
        Action masked = () => CandidateSet.Create(
            Scenes.Image(), new PatchWindow(3), Enumerable.Repeat(true, 24 * 28).ToArray());
        Action misfit = () => CandidateSet.Create(Scenes.Image(), new PatchWindow(3), new bool[7]);
        Action notFinite = () => CandidateSet.Create(Scenes.FlatImage(value: float.NaN), new PatchWindow(3));
        tooLarge.Should().Throw<ArgumentException>().WithMessage("*25×25 px*24×28 px*1 to 24 px*");
        empty.Should().Throw<ArgumentException>().WithMessage("*0×0 px*");
        masked.Should().Throw<ArgumentException>().WithMessage("*mask excludes every pixel*");
        misfit.Should().Throw<ArgumentException>().WithMessage("*7 flags*");
        notFinite.Should().Throw<ArgumentException>().WithMessage("*NaN at (0, 0)*");
    }
}
