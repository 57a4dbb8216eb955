using System.Diagnostics.CodeAnalysis;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Typed values by key.</summary>
internal sealed class RecipeValues
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public T Get<T>(RecipeKey<T> key)
        where T : notnull => (T)_values[key.Path];

    public T? Find<T>(RecipeKey<T> key)
        where T : struct => _values.TryGetValue(key.Path, out object? value) ? (T)value : null;

    public string? FindText(RecipeKey<string> key) => _values.GetValueOrDefault(key.Path) as string;

    public object? FindAny(RecipeKey key) => _values.GetValueOrDefault(key.Path);

    public void Set<T>(RecipeKey<T> key, T value)
        where T : notnull => _values[key.Path] = value;

    public void SetIfAny<T>(RecipeKey<T> key, T? value)
        where T : struct
    {
        if (value is T some)
        {
            Set(key, some);
        }
    }

    public void SetIfAny(RecipeKey<string> key, string? text)
    {
        if (text is not null)
        {
            Set(key, text);
        }
    }

    public void SetAny(RecipeKey key, object value) => _values[key.Path] = value;

    public bool TryGetText(RecipeKey key, [NotNullWhen(true)] out string? text)
    {
        text = _values.TryGetValue(key.Path, out object? value) ? key.AnyFormat.FormatAny(value) : null;
        return text is not null;
    }

    public bool Contains(string path) => _values.ContainsKey(path);
}
