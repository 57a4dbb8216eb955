using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Files;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Preacquired;
using DklActors.Instruments.Simulated;
using DklActors.Instruments.Virtual;
using EnergyUnit = DklActors.Host.Recipes.Sections.EnergyUnit;
using LengthUnit = DklActors.Host.Recipes.Sections.LengthUnit;

namespace DklActors.Host.Composition;

/// <summary>Makes the microscope that a recipe names.</summary>
internal static class MicroscopeBuilder
{
    /// <exception cref="RecipeException">Data set, address or value cannot be used; says at which key.</exception>
    public static IInstrument Build(Recipe recipe, RecipeOrigins origins, TimeProvider time)
    {
        if (recipe.Microscope is RemoteSection)
        {
            return RemoteBuilder.Build(recipe, origins, time);
        }

        VirtualMicroscope microscope = BuildVirtual(recipe, origins, time);
        if (recipe.Microscope.Blanker is { } blanker)
        {
            microscope.Wire(blanker.Open());
        }

        return microscope;
    }

    private static VirtualMicroscope BuildVirtual(Recipe recipe, RecipeOrigins origins, TimeProvider time)
    {
        var section = (VirtualSection)recipe.Microscope;
        var timing = new VirtualTiming(section.Settle, section.Readout, section.Survey);
        var errors = new ProbeErrors(
            section.PlacementErrorPx, section.ReadBackNoisePx, section.OffsetRowPx, section.OffsetColumnPx);
        try
        {
            return section switch
            {
                PreacquiredSection preacquired => new PreacquiredMicroscope(
                    PreacquiredData.Open(SourceOf(preacquired, recipe.Planner.SeedsFrom)),
                    OptionsOf(preacquired, errors, recipe.Seed),
                    timing,
                    time),
                SimulatedSection simulated => new SimulatedMicroscope(
                    OptionsOf(simulated, errors, recipe), timing, time),
                _ => throw new InvalidOperationException($"No microscope is made from {section.GetType().Name}."),
            };
        }
        catch (DataFileException exception) when (section is PreacquiredSection preacquired)
        {
            throw new RecipeException(origins.ErrorAt(
                KeyOf(exception, preacquired, recipe.Planner.SeedsFrom),
                $"{exception.File}: {exception.Problem}",
                exception.Remedy));
        }
        catch (ArgumentException exception)
        {
            throw new RecipeException(origins.ErrorAt(
                "microscope.kind", exception.Message, "change the microscope section"));
        }
    }

    /// <summary>The key that named file and array, so that the error points at the line to change.</summary>
    private static string KeyOf(DataFileException exception, PreacquiredSection section, string? seedsFrom)
    {
        string? array = exception.Array;
        bool isImage = section.ImageData is null || exception.File == section.ImageData;
        bool isData = section.ImageData is null || exception.File != section.ImageData;
        return array switch
        {
            null => isData ? "microscope.data" : "microscope.imageData",
            _ when isImage && array == section.Image => "microscope.image",
            _ when isImage && section.PixelSize is RecordedPixelSize size && array == size.Array =>
                "microscope.pixelSizeFrom",
            _ when isData && array == section.Frames => "microscope.frames",
            _ when isData && array == section.Positions => "microscope.positions",
            _ when isData && array == section.Truth => "microscope.truth",
            _ when isData && section.Energy is RecordedEnergyAxis energy && array == energy.Array =>
                "microscope.energy",
            _ when isData && array == seedsFrom => "planner.seedsFrom",
            _ => "microscope.data",
        };
    }

    private static PreacquiredSource SourceOf(PreacquiredSection section, string? seedsFrom) => new(
        section.Data,
        section.Image,
        section.Frames,
        section.PixelSize switch
        {
            RecordedPixelSize recorded => new PixelSizeSource.FromArray(
                recorded.Array,
                recorded.Unit == LengthUnit.Um
                    ? Instruments.Preacquired.LengthUnit.Micrometre
                    : Instruments.Preacquired.LengthUnit.Nanometre),
            GivenPixelSize given => new PixelSizeSource.Given(given.Size),
            _ => throw new InvalidOperationException($"{section.PixelSize} gives no pixel size."),
        })
    {
        ImagePath = section.ImageData,
        PositionsArray = section.Positions,
        TruthArray = section.Truth,
        SeedsArray = seedsFrom,
        CountsPerUnit = section.CountsPerUnit,
        Energy = section.Energy switch
        {
            RecordedEnergyAxis recorded => new EnergyAxisSource.FromArray(
                recorded.Array,
                recorded.Unit == EnergyUnit.KeV
                    ? Instruments.Preacquired.EnergyUnit.KiloelectronVolt
                    : Instruments.Preacquired.EnergyUnit.ElectronVolt),
            GivenEnergyAxis given => new EnergyAxisSource.Given(given.Origin, given.Dispersion),
            _ => null,
        },
    };

    private static PreacquiredOptions OptionsOf(PreacquiredSection section, ProbeErrors errors, long seed) => new(
        section.PoissonFactor is { } factor ? new CountsMode.Scaled(factor) : new CountsMode.Recorded(),
        section.BeamCurrent,
        seed)
    {
        Probe = errors,
        Drift = section.Drift,
        SurveyNoise = section.SurveyNoise,
    };

    private static SimulationOptions OptionsOf(SimulatedSection section, ProbeErrors errors, Recipe recipe) =>
        section.Sample with
        {
            NoiseSeed = recipe.Seed,
            BeamCurrent = section.BeamCurrent,
            NominalDwell = recipe.Exposure.Dwell,
            Probe = errors,
            Drift = section.Drift,
            SurveyNoise = section.SurveyNoise,
        };
}
