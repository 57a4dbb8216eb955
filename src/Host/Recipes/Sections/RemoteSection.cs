using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>A microscope that is reached over a network.</summary>
public abstract record RemoteSection : MicroscopeSection
{
    /// <summary>Where it answers, as written.</summary>
    public required string Address { get; init; }

    /// <summary>The channel of the structural image.</summary>
    public required string Channel { get; init; }

    /// <summary>Rows and columns of the structural image.</summary>
    public required GridShape Size { get; init; }

    /// <summary>Time of the survey on each pixel.</summary>
    public required TimeSpan SurveyDwell { get; init; }

    /// <summary>Null for what the microscope measures.</summary>
    public required BeamCurrent? BeamCurrent { get; init; }

    /// <summary>Null for what the microscope says.</summary>
    public required Nanometre? PixelSize { get; init; }

    /// <summary>Null for what the microscope says.</summary>
    public required GivenEnergyAxis? Energy { get; init; }
}
