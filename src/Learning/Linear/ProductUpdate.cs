namespace DklActors.Learning.Linear;

/// <summary>What a product does to its target.</summary>
internal enum ProductUpdate
{
    Replace = 1,
    Add = 2,
    Subtract = 3,
}
