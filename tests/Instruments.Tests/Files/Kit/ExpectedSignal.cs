namespace DklActors.Instruments.Tests.Files.Kit;

/// <summary>What other software says of one signal of a file.</summary>
/// <param name="Title">Its title; empty where it has none.</param>
/// <param name="Shape">Lengths, slowest first.</param>
/// <param name="Sum">Sum of all elements.</param>
/// <param name="Samples">Some elements: number and value.</param>
/// <param name="Axes">Its axes, or none where they were not looked at.</param>
internal sealed record ExpectedSignal(
    string Title, int[] Shape, double Sum, double[][] Samples, ExpectedAxis[] Axes);

/// <summary>What other software says of one axis.</summary>
internal sealed record ExpectedAxis(int Length, string Unit, double Scale, double? Offset, bool Navigation);
