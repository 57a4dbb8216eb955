using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Blankers;
using DklActors.Messages.Units;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>The part of the binder that knows the kinds of microscopes.</summary>
internal static class MicroscopeBinder
{
    // Of a microscope without hardware, where the recipe names none.
    private static readonly BeamCurrent UsualCurrent = new(10);

    public static MicroscopeSection Bind(RecipeValues values) => values.Get(Microscope) switch
    {
        MicroscopeKind.Preacquired => Moving(BindPreacquired(values), values),
        MicroscopeKind.Simulated => Moving(BindSimulated(values), values),
        _ => RemoteBinder.Bind(values),
    };

    /// <summary>The kind that a section is of.</summary>
    public static MicroscopeKind KindOf(MicroscopeSection section) => section switch
    {
        PreacquiredSection => MicroscopeKind.Preacquired,
        SimulatedSection => MicroscopeKind.Simulated,
        BridgeSection => MicroscopeKind.Bridge,
        AsyncroscopySection => MicroscopeKind.Asyncroscopy,
        _ => throw new ArgumentException($"{section.GetType().Name} is no kind of microscope.", nameof(section)),
    };

    public static void Unbind(MicroscopeSection section, RecipeValues values)
    {
        values.Set(Microscope, KindOf(section));
        values.SetIfAny(Blanker, section.Blanker?.ToString());
        switch (section)
        {
            case PreacquiredSection preacquired:
                UnbindVirtual(preacquired, values);
                UnbindPreacquired(preacquired, values);
                break;
            case SimulatedSection simulated:
                UnbindVirtual(simulated, values);
                SampleBinder.Unbind(simulated.Sample, values);
                break;
            case RemoteSection remote:
                RemoteBinder.Unbind(remote, values);
                break;
        }
    }

    public static BlankerSpec? BlankerOf(RecipeValues values) =>
        BlankerSpec.TryParse(values.FindText(Blanker), out BlankerSpec? spec) ? spec : null;

    private static void UnbindVirtual(VirtualSection section, RecipeValues values)
    {
        values.Set(RecipeKeys.BeamCurrent, section.BeamCurrent);
        values.Set(Settle, section.Settle);
        values.Set(Readout, section.Readout);
        values.Set(Survey, section.Survey);
        values.Set(PlacementError, section.PlacementErrorPx);
        values.Set(ReadBackNoise, section.ReadBackNoisePx);
        values.Set(OffsetRow, section.OffsetRowPx);
        values.Set(OffsetColumn, section.OffsetColumnPx);
        DriftBinder.Unbind(section.Drift, values);
        values.Set(ScanNoise, section.SurveyNoise);
    }

    private static VirtualSection Moving(VirtualSection section, RecipeValues values) => section with
    {
        Drift = DriftBinder.MotionOf(values),
        SurveyNoise = values.Get(ScanNoise),
    };

    private static PreacquiredSection BindPreacquired(RecipeValues values) => new()
    {
        BeamCurrent = values.Find(RecipeKeys.BeamCurrent) ?? UsualCurrent,
        Settle = values.Get(Settle),
        Readout = values.Get(Readout),
        Survey = values.Get(Survey),
        PlacementErrorPx = values.Get(PlacementError),
        ReadBackNoisePx = values.Get(ReadBackNoise),
        OffsetRowPx = values.Get(OffsetRow),
        OffsetColumnPx = values.Get(OffsetColumn),
        Blanker = BlankerOf(values),
        Data = values.Get(RecipeKeys.Data),
        Image = values.Get(Image),
        ImageData = values.FindText(ImageData),
        Frames = values.Get(Frames),
        Positions = values.FindText(Positions),
        Truth = values.FindText(Truth),
        Energy = BindEnergy(values),
        PixelSize = values.FindText(PixelSizeFrom) is string array
            ? new RecordedPixelSize(array, values.Get(PixelSizeUnit))
            : new GivenPixelSize(values.Get(PixelSize)),
        CountsPerUnit = values.Get(CountsPerUnit),
        PoissonFactor = values.Get(Counts).Value,
    };

    private static EnergyCalibration? BindEnergy(RecipeValues values) => values switch
    {
        _ when values.FindText(Energy) is string axis =>
            new RecordedEnergyAxis(axis, values.Get(RecipeKeys.EnergyUnit)),
        _ when values.Find(EnergyOrigin) is ElectronVolt origin =>
            new GivenEnergyAxis(origin, values.Get(EnergyDispersion)),
        _ => null,
    };

    private static SimulatedSection BindSimulated(RecipeValues values) => new()
    {
        BeamCurrent = values.Find(RecipeKeys.BeamCurrent) ?? UsualCurrent,
        Settle = values.Get(Settle),
        Readout = values.Get(Readout),
        Survey = values.Get(Survey),
        PlacementErrorPx = values.Get(PlacementError),
        ReadBackNoisePx = values.Get(ReadBackNoise),
        OffsetRowPx = values.Get(OffsetRow),
        OffsetColumnPx = values.Get(OffsetColumn),
        Blanker = BlankerOf(values),
        Sample = SampleBinder.Bind(values),
    };

    private static void UnbindPreacquired(PreacquiredSection section, RecipeValues values)
    {
        values.Set(RecipeKeys.Data, section.Data);
        values.Set(Image, section.Image);
        values.SetIfAny(ImageData, section.ImageData);
        values.Set(Frames, section.Frames);
        values.SetIfAny(Positions, section.Positions);
        values.SetIfAny(Truth, section.Truth);
        values.Set(CountsPerUnit, section.CountsPerUnit);
        values.Set(Counts, new(section.PoissonFactor));
        switch (section.Energy)
        {
            case RecordedEnergyAxis recorded:
                values.Set(Energy, recorded.Array);
                values.Set(RecipeKeys.EnergyUnit, recorded.Unit);
                break;
            case GivenEnergyAxis given:
                values.Set(EnergyOrigin, given.Origin);
                values.Set(EnergyDispersion, given.Dispersion);
                break;
        }

        switch (section.PixelSize)
        {
            case RecordedPixelSize recorded:
                values.Set(PixelSizeFrom, recorded.Array);
                values.Set(PixelSizeUnit, recorded.Unit);
                break;
            case GivenPixelSize given:
                values.Set(PixelSize, given.Size);
                break;
        }
    }
}
