namespace DklActors.Learning.Acquisition;

/// <summary>Which end of the scalarizer's range is searched for.</summary>
public enum Goal
{
    Maximise,
    Minimise,
}
