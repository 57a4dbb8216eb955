using System.Globalization;
using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;
using DklActors.Registration;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [] or ["accuracy"])
{
    AccuracyTable.Write();
    Console.WriteLine();
}

if (args is [] or ["chance"])
{
    ChanceTable.Write();
    Console.WriteLine();
}

var large = new GridShape(512, 512);
float[] image = Scene.Of("particles", large, 1).Render(large, PixelShift.None, 0.1);
ImageRegistration.Match(image, image, large, new MatchOptions(PixelShift.None, 30));
long timed = TimeProvider.System.GetTimestamp();
ImageRegistration.Match(image, image, large, new MatchOptions(PixelShift.None, 30));
Console.WriteLine($"512 × 512 px matched in {TimeProvider.System.GetElapsedTime(timed).TotalMilliseconds:F0} ms.");
