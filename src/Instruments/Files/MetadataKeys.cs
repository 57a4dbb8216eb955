using System.Globalization;

namespace DklActors.Instruments.Files;

/// <summary>
/// Names under which every reader gives what most files say, whatever the file itself calls it. All else a file says
/// is given under the file's own names.
/// </summary>
public static class MetadataKeys
{
    public const string BeamEnergy = "beam_energy_keV";
    public const string BeamCurrent = "beam_current_nA";
    public const string Magnification = "magnification";
    public const string CameraLength = "camera_length_mm";
    public const string ConvergenceAngle = "convergence_angle_mrad";
    public const string CollectionAngle = "collection_angle_mrad";
    public const string Exposure = "exposure_s";
    public const string Instrument = "instrument";
    public const string Detector = "detector";
    public const string Date = "date";
    public const string SignalType = "signal_type";
    public const string ValueUnit = "value_unit";

    /// <summary>All of them, in the order in which people are shown them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SignalType, BeamEnergy, BeamCurrent, Magnification, CameraLength, ConvergenceAngle, CollectionAngle, Exposure,
        ValueUnit, Detector, Instrument, Date,
    ];

    /// <summary>A number as metadata have it.</summary>
    internal static string TextOf(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
