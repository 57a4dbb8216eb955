using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Patterns;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Tests.Patterns;

public sealed class PatternScalarizerTests
{
    /// <summary>What a pattern of separated discs and a ring, on which every kind can work, gives.</summary>
    public static TheoryData<string, string, double, double> Kinds => new()
    {
        { "com-column", "px", Direct.X, 1e-4 },
        { "com-row", "px", Direct.Y, 1e-4 },
        { "com-magnitude", "px", double.Hypot(Direct.X, Direct.Y), 1e-4 },
        { "com-angle", "deg", double.RadiansToDegrees(Math.Atan2(Direct.Y, Direct.X)), 0.01 },
        // 343.74 eV · 0.5 mrad / 10 nm for a px.
        { "electric-field", "V/nm", 17.187 * double.Hypot(Direct.X, Direct.Y), 0.01 },
        { "com-divergence", "px/nm", 0, 0.01 },
        { "charge-density", "e/nm³", 0, 0.01 },
        { "bright-field", "counts", Sum(0, 9), 1 },
        { "annular-bright-field", "counts", Sum(4, 9), 1 },
        { "annular-dark-field", "counts", Sum(20, 60), 1 },
        { "masked-sum", "counts", Frame.Counts.ToArray().Where((_, i) => i % 2 == 1).Sum(static c => 2.0 * c), 1 },
        { "disc-count", "discs", 45, 0.5 },
        { "disc-separation", "px", 30.265, 0.01 },
        { "strain-xx", "", 0, 5e-4 },
        { "strain-yy", "", 0, 5e-4 },
        { "strain-xy", "", 0, 5e-4 },
        { "lattice-rotation", "deg", 0, 0.01 },
        { "cepstral-strain", "", 0, 0.03 },
        { "grain-angle", "deg", 7.595, 0.01 },
        { "misorientation", "deg", 2.595, 0.01 },
        { "grain", "", 2, 0 },
        { "ring-radius", "px", 105, 1 },
    };

    private static readonly GridShape Shape = new(256, 256);

    private static readonly Scene Discs = new Scene(256, 256).Level(5).Lattice(127.3, 126.3, (4, 30), (30, -4), 8, 200);

    /// <summary>One pixel has a centre of mass, and lies in the disc of a bright field.</summary>
    private static readonly string[] OnePixelWill =
    [
        "com-column", "com-row", "com-magnitude", "com-angle", "com-divergence", "electric-field", "charge-density",
        "bright-field",
    ];

    private static readonly PatternFrame Frame = new(Shape, Discs.Counts);

    private static readonly (double X, double Y) Direct = DirectCentre();

    private static readonly PatternFrame RingFrame = new(
        Shape, new Scene(256, 256).Level(5).Ring(127.5, 127.5, 105, 4, 30).Counts);

    [Fact]
    public void Every_kind_of_patterns_is_tested() =>
        ScalarizerCatalog.All.Where(static kind => kind.Takes == FrameNeed.Pattern).Select(static kind => kind.Name)
            .Should().BeEquivalentTo(Kinds.Select(static row => (string)row[0]));

    [Fact]
    public void Kinds_that_share_a_key_share_the_parameter()
    {
        foreach (IGrouping<string, ScalarizerParameter> same in ScalarizerCatalog.All
            .SelectMany(static kind => kind.Parameters).GroupBy(static parameter => parameter.Key))
        {
            same.Distinct().Should().ContainSingle("there is one key {0} in a recipe", same.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_pattern_gives_its_number(string kind, string unit, double value, double tolerance)
    {
        IScalarizer scalarizer = Make(kind);

        ScalarResult result = Evaluate(scalarizer, FrameFor(kind));

        result.Reason.Should().BeNull();
        result.Quality.Should().Be(ScalarQuality.Good);
        result.Value.Should().BeApproximately(value, tolerance);
        result.StandardError.Should().BeGreaterThanOrEqualTo(0);
        scalarizer.Unit.Should().Be(unit);
        scalarizer.Identity.Should().StartWith($"{kind}/1");
        ScalarizerCatalog.Find(kind)!.Label(SpecOf(kind)).Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_pattern_gives_the_same_bits_whatever_came_before_and_on_any_thread(
        string kind, string unit, double value, double tolerance)
    {
        _ = (unit, value, tolerance);
        IScalarizer scalarizer = Make(kind);
        PatternFrame frame = FrameFor(kind), spoilt = Spoilt(float.NaN), other = new(Shape, Discs.Noisy(7));
        ScalarResult first = Evaluate(scalarizer, frame);
        ScalarResult[] results = new ScalarResult[8];

        Parallel.For(0, results.Length, i =>
        {
            Evaluate(scalarizer, i % 2 == 0 ? spoilt : other);
            Evaluate(scalarizer, new PatternFrame(new GridShape(64, 64), new float[4096]));
            results[i] = Evaluate(scalarizer, frame);
        });

        results.Should().AllBeEquivalentTo(first);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_cannot_be_used_is_bad_with_a_reason_and_no_exception(
        string kind, string unit, double value, double tolerance)
    {
        _ = (unit, value, tolerance);
        IScalarizer scalarizer = Make(kind);
        Frame[] frames =
        [
            Spoilt(float.NaN), Spoilt(float.PositiveInfinity),
            new PatternFrame(Shape, new float[Shape.Count]),
            new PatternFrame(new GridShape(1, 1), new float[] { 3 }),
            new SpectrumFrame(new EnergyAxis(new ElectronVolt(0), new ElectronVolt(1), 4), new float[4]),
        ];
        foreach (Frame frame in frames)
        {
            ScalarResult result = Evaluate(scalarizer, frame);
            if (frame is not PatternFrame { Shape.Rows: 1 } || !OnePixelWill.Contains(kind))
            {
                result.Quality.Should().Be(ScalarQuality.Bad, "{0}", frame);
                result.Reason.Should().NotBeNullOrEmpty();
                result.Value.Should().Be(double.NaN);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saturated_and_negative_pixels_are_told(string kind, string unit, double value, double tolerance)
    {
        _ = (unit, value, tolerance);
        ScalarizerSpec spec = SpecOf(kind);
        IScalarizer saturating = ScalarizerCatalog.Create(
            spec.With(SpectrumParameters.Saturation, kind == "ring-radius" ? 30 : 100));

        Evaluate(saturating, FrameFor(kind)).Reason.Should().Contain("saturated");
        Evaluate(saturating, FrameFor(kind)).Quality.Should().Be(ScalarQuality.Suspect);
        float[] counts = FrameFor(kind).Counts.ToArray();
        counts.AsSpan().Replace(counts[Shape.Count / 2], -1);
        (counts[(127 * 256) + 127], counts[(127 * 256) + 232]) = (-1, -1);
        (counts[(127 * 256) + 121], counts[(127 * 256) + 190]) = (-1, -1);
        Evaluate(ScalarizerCatalog.Create(spec), new PatternFrame(Shape, counts)).Reason
            .Should().Contain("negative");
    }

    [Theory]
    [InlineData("bright-field", "outerRadius", "outerAngle")]
    [InlineData("strain-xx", "discRadius", "discRadius, or the pattern of a probe")]
    [InlineData("electric-field", "pixelAngle", "needs pixelAngle")]
    [InlineData("masked-sum", "mask", "needs mask")]
    [InlineData("charge-density", "scanStep", "needs scanStep")]
    public void What_is_missing_is_named(string kind, string without, string problem)
    {
        ScalarizerSpec spec = SpecOf(kind);

        (spec with { Values = spec.Values.Remove(without) }).Validate(null).Should().Contain(problem);
        spec.Validate(null).Should().BeNull();
        spec.Validate(new EnergyAxis(new ElectronVolt(0), new ElectronVolt(1), 4))
            .Should().Contain("diffraction patterns");
    }

    [Fact]
    public void Angles_stand_for_radii()
    {
        ScalarizerSpec radii = SpecOf("annular-dark-field");
        ScalarizerSpec angles = new ScalarizerSpec("annular-dark-field")
            .With(PatternParameters.InnerAngle, 10).With(PatternParameters.OuterAngle, 30)
            .With(PatternParameters.PixelAngle, 0.5);

        Evaluate(ScalarizerCatalog.Create(angles), Frame).Value.Should().Be(
            Evaluate(ScalarizerCatalog.Create(radii), Frame).Value);
        angles.With(PatternParameters.InnerRadius, 3).Validate(null).Should().Contain("say the same");
    }

    [Fact]
    public void Descan_is_taken_off_where_the_probe_was()
    {
        ScalarizerSpec spec = SpecOf("com-column");
        IScalarizer plain = ScalarizerCatalog.Create(spec);
        IScalarizer corrected = ScalarizerCatalog.Create(
            spec.With(PatternParameters.Descan, new NumberList(0.5, 0.1, 0.01, 0, 0, 0)));

        double before = plain.Evaluate(new Measurement(Frame, new ProbePosition(3, 7))).Value;
        double after = corrected.Evaluate(new Measurement(Frame, new ProbePosition(3, 7))).Value;

        (before - after).Should().BeApproximately(0.5 + 0.3 + 0.07, 1e-9);
    }

    [Fact]
    public void A_divergence_asks_for_the_cross_and_follows_it()
    {
        IScalarizer divergence = ScalarizerCatalog.Create(SpecOf("com-divergence")
            .With(PatternParameters.StencilReach, 2));
        PatternFrame At(double row, double column) => new(
            Shape, new Scene(256, 256).Gaussian(127.5 + row, 127.5 + column, 9, 9, 100).Counts);

        ScalarResult result = divergence.Evaluate(new Measurement(At(0, 0), default)
        {
            Neighbours = [At(-1, 0), At(2, 0), At(0, -0.5), At(0, 1)],
        });

        divergence.Neighbours.Should().Equal(new(-2, 0), new(2, 0), new(0, -2), new(0, 2));
        // Over 2 × 2 px of 0.1 nm: (1 + 0.5)/0.4 + (2 + 1)/0.4.
        result.Value.Should().BeApproximately((1.5 + 3) / 0.4, 1e-3);
        divergence.Evaluate(new Measurement(At(0, 0), default)).Quality.Should().Be(ScalarQuality.Bad);
    }

    [Fact]
    public void A_measured_probe_takes_the_place_of_a_disc()
    {
        var probe = new ReferenceArray(
            "probe.npy", [256, 256], new Scene(256, 256).Disc(100.3, 140.8, 8, 5000).Noisy(1));
        ScalarizerSpec spec = SpecOf("strain-xx");
        spec = (spec with { Values = spec.Values.Remove(DiscParameters.DiscRadius.Key) })
            .With(DiscParameters.Probe, probe);

        Evaluate(ScalarizerCatalog.Create(spec), Frame).Value.Should().BeApproximately(0, 5e-4);
        Evaluate(ScalarizerCatalog.Create(spec), new PatternFrame(new(2, 2), new float[4])).Reason
            .Should().Contain("probe.npy is 256×256 px, and the patterns are 2×2 px");
        spec.With(DiscParameters.DiscRadius, 8).Validate(null).Should().Contain("give one");
    }

    [Fact]
    public void Measuring_allocates_nothing_but_the_result()
    {
        foreach (string kind in Kinds.Select(static row => (string)row[0]))
        {
            IScalarizer scalarizer = Make(kind);
            Measurement measurement = MeasurementOf(scalarizer, FrameFor(kind));
            for (int i = 0; i < 3; i++)
            {
                scalarizer.Evaluate(in measurement);
            }

            // Rooms are shared: one that a test beside this one has just taken is made anew, once. What is allocated
            // for every pattern is so in every round.
            long least = Enumerable.Range(0, 5).Min(_ => BytesOfTen(scalarizer, measurement));

            // A ScalarResult is 48 bytes.
            least.Should().BeLessThanOrEqualTo(10 * 48, kind);
        }
    }

    private static long BytesOfTen(IScalarizer scalarizer, Measurement measurement)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            scalarizer.Evaluate(in measurement);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (double X, double Y) DirectCentre()
    {
        double sum = 0, x = 0, y = 0;
        for (int i = 0; i < Shape.Count; i++)
        {
            double mean = Discs.Means[i];
            (sum, x, y) = (sum + mean, x + (mean * ((i % 256) - 127.5)), y + (mean * ((i / 256) - 127.5)));
        }

        return (x / sum, y / sum);
    }

    private static double Sum(double inner, double outer)
    {
        double sum = 0;
        for (int i = 0; i < Shape.Count; i++)
        {
            double distance = double.Hypot((i / 256) - 127.5, (i % 256) - 127.5);
            sum += distance >= inner && distance < outer ? Discs.Means[i] : 0;
        }

        return sum;
    }

    private static ScalarResult Evaluate(IScalarizer scalarizer, Frame frame) =>
        scalarizer.Evaluate(MeasurementOf(scalarizer, frame));

    private static Measurement MeasurementOf(IScalarizer scalarizer, Frame frame) =>
        new(frame, new ProbePosition(5, 5))
        {
            Neighbours = [.. Enumerable.Repeat<Frame?>(frame, scalarizer.Neighbours.Length)],
        };

    private static PatternFrame FrameFor(string kind) => kind == "ring-radius" ? RingFrame : Frame;

    private static PatternFrame Spoilt(float count)
    {
        float[] counts = Discs.Counts;
        // In the disc of the bright field, in both rings and in that of the amorphous ring.
        foreach (int column in (int[])[127, 133, 170, 232])
        {
            counts[(127 * 256) + column] = count;
        }

        return new PatternFrame(Shape, counts);
    }

    private static IScalarizer Make(string kind) => ScalarizerCatalog.Create(SpecOf(kind));

    private static ScalarizerSpec SpecOf(string kind)
    {
        var spec = new ScalarizerSpec(kind);
        var values = new (ScalarizerParameter Parameter, object Value)[]
        {
            (PatternParameters.BeamEnergy, 200e3), (PatternParameters.Thickness, 10.0),
            (PatternParameters.ScanStep, 0.1), (PatternParameters.Mask, Mask), (DiscParameters.DiscRadius, 8.0),
            (DiscParameters.ReferenceA, new DetectorPoint(4, 30)),
            (DiscParameters.ReferenceB, new DetectorPoint(30, -4)), (DiscParameters.Orientation, 5.0),
            (DiscParameters.Orientations, new NumberList(30, 8, 60)),
            (PatternParameters.OuterRadius, kind == "annular-dark-field" ? 60.0 : 9.0),
            (PatternParameters.InnerRadius, kind == "annular-bright-field" ? 4.0 : 20.0),
        };
        foreach ((ScalarizerParameter parameter, object value) in values)
        {
            if (ScalarizerCatalog.Find(kind)!.Parameters.Contains(parameter))
            {
                spec = spec.WithAny(parameter, value);
            }
        }

        return kind switch
        {
            "ring-radius" =>
                spec.WithAny(Parameter(kind, "ringFrom"), 80.0).WithAny(Parameter(kind, "ringTo"), 125.0),
            "electric-field" or "charge-density" => spec.With(PatternParameters.PixelAngle, 0.5),
            "cepstral-strain" => spec.WithAny(Parameter(kind, "longestSpacing"), 40.0),
            _ => spec,
        };
    }

    private static ScalarizerParameter Parameter(string kind, string key) =>
        ScalarizerCatalog.Find(kind)!.Parameters.Single(parameter => parameter.Key == key);

    private static ReferenceArray Mask { get; } = new(
        "mask.npy", [256, 256], Enumerable.Range(0, 256 * 256).Select(static i => (float)(i % 2) * 2).ToArray());
}
