using DklActors.Instruments.Ports;
using DklActors.Instruments.Simulated.Surveys;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>Oxides whose thickness, edges and white lines are known everywhere.</summary>
public sealed class CoreLossSample : SimulatedSample
{
    private const double ProbeDeviationPixels = 0.6;

    private CoreLossSample(CoreLossOptions options, CoreLossFilm film, CoreLossSpectra spectra)
        : base(
            $"manganese oxides with {options.Particles} particles of iron oxide on {options.Grid} of "
            + $"{options.PixelSize}, seed {options.Seed}",
            ImageOf(options, film),
            spectra)
    {
        double pixel = options.PixelSize.Value;
        double electrons = options.BeamCurrent.ElectronsDuring(options.NominalDwell) * options.CollectionEfficiency;
        Quantities =
        [
            new(
                "thickness", "", "Thickness over the mean free path of plasmon losses, t/λ.",
                place => spectra.ThicknessesAt(place, stackalloc double[Material.All.Count])),
            new(
                "film-thickness", "nm", "Thickness of everything the beam goes through.",
                place => ThicknessesAt(place).Sum()),
            new(
                "phase", "", "Number of the thickest material: "
                + string.Join(", ", Material.All.Select(static (material, i) => $"{i} {material.Name}")) + ".",
                place => Thickest(ThicknessesAt(place))),
            Edge("edge-o", Element.Oxygen, new(new ElectronVolt(526), new ElectronVolt(576))),
            Edge("edge-mn", Element.Manganese, new(new ElectronVolt(635), new ElectronVolt(685))),
            Edge("edge-fe", Element.Iron, new(new ElectronVolt(704), new ElectronVolt(754))),
            new(
                "white-line-ratio", "", "Area of the L3 white line of manganese over that of L2.",
                place => spectra.WhiteLineRatioAt(place)),
        ];

        KnownQuantity Edge(string name, Element element, EnergyWindow window) => new(
            name, "counts", $"Counts of the edge, without background, within {window} at the nominal dwell.",
            place => electrons * spectra.EdgeWithin(element, window, place));

        double[] ThicknessesAt(ProbePosition place)
        {
            double[] thicknesses = new double[Material.All.Count];
            film.ThicknessesAt(place.Row * pixel, place.Column * pixel, thicknesses);
            return thicknesses;
        }
    }

    public override IReadOnlyList<KnownQuantity> Quantities { get; }

    internal static CoreLossSample Of(CoreLossOptions options)
    {
        CoreLossFilm film = new(options);
        return new CoreLossSample(options, film, new CoreLossSpectra(options, film));
    }

    private static int Thickest(double[] thicknesses) => Array.IndexOf(thicknesses, thicknesses.Max());

    private static StructuralImage ImageOf(CoreLossOptions options, CoreLossFilm film)
    {
        (int rows, int columns, double pixel) = (options.Grid.Rows, options.Grid.Columns, options.PixelSize.Value);
        double[] scattering = new double[options.Grid.Count];
        double[] thicknesses = new double[Material.All.Count];
        for (int i = 0; i < scattering.Length; i++)
        {
            film.ThicknessesAt(i / columns * pixel, i % columns * pixel, thicknesses);
            for (int m = 0; m < thicknesses.Length; m++)
            {
                scattering[i] += thicknesses[m] * Material.All[m].ScatteringPerNanometre;
            }
        }

        return SurveyNoise.Draw(ImageBlur.Gaussian(scattering, rows, columns, ProbeDeviationPixels), options);
    }
}
