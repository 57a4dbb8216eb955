using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Columns;
using DklActors.Instruments.Simulated.CoreLoss;
using DklActors.Instruments.Simulated.Films;
using DklActors.Instruments.Simulated.Patterns;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>The part of the binder that knows the simulated samples.</summary>
internal static class SampleBinder
{
    private const double ColumnCameraMillirad = 96;
    private const double FilmCameraMillirad = 128;

    /// <summary>The energy axis of simulated spectra; null where the sample gives patterns.</summary>
    public static EnergyAxis? AxisOf(RecipeValues values) =>
        values.Find(Channels) is int channels && values.Find(Sample) is SampleKind sample
            ? new EnergyAxis(
                values.Find(EnergyOrigin) ?? new ElectronVolt(sample == SampleKind.Plasmons ? -1 : 400),
                values.Find(EnergyDispersion) ?? new ElectronVolt(sample == SampleKind.Plasmons ? 0.02 : 1),
                channels)
            : null;

    public static SimulationOptions Bind(RecipeValues values)
    {
        SimulationOptions sample = values.Get(Sample) switch
        {
            SampleKind.Plasmons => new PlasmonOptions
            {
                Particles = values.Get(Particles),
                EnergyAxis = AxisOf(values)!,
                ZeroLossWidth = values.Get(ZeroLossWidth),
            },
            SampleKind.CoreLoss => BindCoreLoss(values, new CoreLossOptions()),
            SampleKind.AtomicColumns => BindColumns(values, new ColumnOptions()),
            SampleKind.StrainedFilm => BindFilm(values, new FilmOptions()),
            SampleKind other => throw new InvalidOperationException($"No sample is made of {other}."),
        };
        int size = values.Get(Size);
        return sample with
        {
            Grid = new GridShape(size, size),
            PixelSize = values.Find(PixelSize) ?? sample.PixelSize,
            Seed = values.Get(SampleSeed),
        };
    }

    public static void Unbind(SimulationOptions sample, RecipeValues values)
    {
        values.Set(Size, sample.Grid.Rows);
        values.Set(PixelSize, sample.PixelSize);
        values.Set(SampleSeed, (int)sample.Seed);
        switch (sample)
        {
            case PlasmonOptions plasmons:
                values.Set(Sample, SampleKind.Plasmons);
                values.Set(Particles, plasmons.Particles!.Value);
                UnbindAxis(plasmons.EnergyAxis, plasmons.ZeroLossWidth, values);
                break;
            case CoreLossOptions oxides:
                values.Set(Sample, SampleKind.CoreLoss);
                values.Set(Particles, oxides.Particles);
                values.Set(Thickness, oxides.Thickness);
                values.Set(PointSpread, oxides.PointSpreadChannels);
                values.Set(Spikes, oxides.SpikeShare);
                UnbindAxis(oxides.EnergyAxis, oxides.ZeroLossWidth, values);
                break;
            case ColumnOptions columns:
                values.Set(Sample, SampleKind.AtomicColumns);
                UnbindColumns(columns, values);
                break;
            case FilmOptions film:
                values.Set(Sample, SampleKind.StrainedFilm);
                UnbindFilm(film, values);
                break;
            default:
                throw new ArgumentException($"{sample.GetType().Name} is no sample of a recipe.", nameof(sample));
        }
    }

    private static CoreLossOptions BindCoreLoss(RecipeValues values, CoreLossOptions standard) => standard with
    {
        Particles = values.Get(Particles),
        EnergyAxis = AxisOf(values)!,
        ZeroLossWidth = values.Get(ZeroLossWidth),
        Thickness = values.Find(Thickness) ?? standard.Thickness,
        PointSpreadChannels = values.Get(PointSpread),
        SpikeShare = values.Get(Spikes),
    };

    private static ColumnOptions BindColumns(RecipeValues values, ColumnOptions standard) => standard with
    {
        Camera = BindCamera(values, standard.Camera, ColumnCameraMillirad),
        Thickness = values.Find(Thickness) ?? standard.Thickness,
        ProbeSize = values.Get(ProbeSize),
        Dopants = values.Get(Dopants),
        Vacancies = values.Get(Vacancies),
        DomainWalls = values.Get(DomainWalls),
        Displacement = values.Get(Displacement),
    };

    private static FilmOptions BindFilm(RecipeValues values, FilmOptions standard) => standard with
    {
        Camera = BindCamera(values, standard.Camera, FilmCameraMillirad),
        Thickness = values.Find(Thickness) ?? standard.Thickness,
        Grains = values.Get(Grains),
        OrientationDegrees = values.Get(OrientationSpread),
        Strain = values.Get(FilmStrain),
        Inclusions = values.Get(Inclusions),
        AmorphousRegions = values.Get(AmorphousRegions),
        Holes = values.Get(Holes),
    };

    private static PatternOptions BindCamera(RecipeValues values, PatternOptions standard, double edgeMillirad)
    {
        int edge = values.Get(Detector);
        return new PatternOptions
        {
            Detector = new GridShape(edge, edge),
            MilliradPerPixel = values.Find(DiffractionPixel) ?? (edgeMillirad / edge),
            ConvergenceMillirad = values.Find(ConvergenceAngle) ?? standard.ConvergenceMillirad,
            Kilovolts = values.Get(AcceleratingVoltage),
            PointSpreadPixels = values.Get(PointSpread),
            Background = values.Get(Background),
            DescanRowPixels = values.Get(DescanRow),
            DescanColumnPixels = values.Get(DescanColumn),
            ScanRotationDegrees = values.Get(CameraRotation),
        };
    }

    private static void UnbindAxis(EnergyAxis axis, ElectronVolt zeroLossWidth, RecipeValues values)
    {
        values.Set(EnergyOrigin, axis.Origin);
        values.Set(EnergyDispersion, axis.Dispersion);
        values.Set(Channels, axis.Channels);
        values.Set(ZeroLossWidth, zeroLossWidth);
    }

    private static void UnbindColumns(ColumnOptions columns, RecipeValues values)
    {
        UnbindCamera(columns.Camera, values);
        values.Set(Thickness, columns.Thickness);
        values.Set(ProbeSize, columns.ProbeSize);
        values.Set(Dopants, columns.Dopants);
        values.Set(Vacancies, columns.Vacancies);
        values.Set(DomainWalls, columns.DomainWalls);
        values.Set(Displacement, columns.Displacement);
    }

    private static void UnbindFilm(FilmOptions film, RecipeValues values)
    {
        UnbindCamera(film.Camera, values);
        values.Set(Thickness, film.Thickness);
        values.Set(Grains, film.Grains);
        values.Set(OrientationSpread, film.OrientationDegrees);
        values.Set(FilmStrain, film.Strain);
        values.Set(Inclusions, film.Inclusions);
        values.Set(AmorphousRegions, film.AmorphousRegions);
        values.Set(Holes, film.Holes);
    }

    private static void UnbindCamera(PatternOptions camera, RecipeValues values)
    {
        values.Set(Detector, camera.Detector.Rows);
        values.Set(DiffractionPixel, camera.MilliradPerPixel);
        values.Set(ConvergenceAngle, camera.ConvergenceMillirad);
        values.Set(AcceleratingVoltage, camera.Kilovolts);
        values.Set(PointSpread, camera.PointSpreadPixels);
        values.Set(Background, camera.Background);
        values.Set(DescanRow, camera.DescanRowPixels);
        values.Set(DescanColumn, camera.DescanColumnPixels);
        values.Set(CameraRotation, camera.ScanRotationDegrees);
    }
}
