using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>The part of the binder that knows microscopes over a network.</summary>
internal static class RemoteBinder
{
    public static RemoteSection Bind(RecipeValues values) =>
        values.Get(Microscope) == MicroscopeKind.Bridge ? BindBridge(values) : BindAsyncroscopy(values);

    public static void Unbind(RemoteSection section, RecipeValues values)
    {
        values.Set(Address, section.Address);
        values.Set(Channel, section.Channel);
        values.Set(Size, section.Size.Rows);
        if (section.Size.Columns != section.Size.Rows)
        {
            values.Set(Columns, section.Size.Columns);
        }

        values.Set(SurveyDwell, section.SurveyDwell);
        values.SetIfAny(RecipeKeys.BeamCurrent, section.BeamCurrent);
        values.SetIfAny(PixelSize, section.PixelSize);
        values.SetIfAny(EnergyOrigin, section.Energy?.Origin);
        values.SetIfAny(EnergyDispersion, section.Energy?.Dispersion);
        switch (section)
        {
            case BridgeSection bridge:
                values.Set(TokenFile, bridge.TokenFile);
                values.SetIfAny(Authority, bridge.Authority);
                values.Set(DetectorId, bridge.Detector);
                values.Set(Heartbeat, bridge.Heartbeat);
                break;
            case AsyncroscopySection asyncroscopy:
                values.Set(SpectrumSize, asyncroscopy.SpectrumSize);
                if (asyncroscopy.GoesWithoutReadBack)
                {
                    values.Set(ReadBack, BeamReadBack.None);
                }

                break;
        }
    }

    private static BridgeSection BindBridge(RecipeValues values) => new()
    {
        Address = values.Get(Address),
        TokenFile = values.Get(TokenFile),
        Authority = values.FindText(Authority),
        Detector = values.Get(DetectorId),
        Channel = values.Get(Channel),
        Size = SizeOf(values),
        SurveyDwell = values.Get(SurveyDwell),
        Heartbeat = values.Get(Heartbeat),
        BeamCurrent = values.Find(RecipeKeys.BeamCurrent),
        PixelSize = values.Find(PixelSize),
        Energy = EnergyOf(values),
    };

    private static AsyncroscopySection BindAsyncroscopy(RecipeValues values) => new()
    {
        Address = values.Get(Address),
        Blanker = MicroscopeBinder.BlankerOf(values),
        Channel = values.Get(Channel),
        Size = SizeOf(values),
        SurveyDwell = values.Get(SurveyDwell),
        SpectrumSize = values.Get(SpectrumSize),
        GoesWithoutReadBack = values.Find(ReadBack) is not null,
        BeamCurrent = values.Find(RecipeKeys.BeamCurrent),
        PixelSize = values.Find(PixelSize),
        Energy = EnergyOf(values),
    };

    private static GridShape SizeOf(RecipeValues values)
    {
        int rows = values.Get(Size);
        return new GridShape(rows, values.Find(Columns) ?? rows);
    }

    private static GivenEnergyAxis? EnergyOf(RecipeValues values) =>
        values.Find(EnergyOrigin) is ElectronVolt origin && values.Find(EnergyDispersion) is ElectronVolt dispersion
            ? new GivenEnergyAxis(origin, dispersion)
            : null;
}
