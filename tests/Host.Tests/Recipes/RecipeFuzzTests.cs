using System.Text;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Tests.Recipes;

/// <summary>Whatever stands in a recipe, it is read or refused with lines that name a place.</summary>
public sealed class RecipeFuzzTests : IDisposable
{
    // No key accepts any of these.
    private static readonly string[] s_bad =
    [
        "", " ", "~", "''", "[]", "{}", "[1, 2]", "{a: b}", "*x", "&x", "!!int 7", "|\n    two\n    lines",
        "\"\\u0000\"",
        "\"\\e[31m\"", "'\"\u2028'",
    ];

    // Some key may accept these; then the recipe must read, or another rule must speak.
    private static readonly string[] s_odd =
    [
        "0", "-1", "1", "7 px", "3.5 ms", "NaN", ".inf", "0x10", "1_000", "1e308", "-0", "1 eV .. 2 eV", "none", "true",
        "10 furlongs", "..", ". .. .", "é", "½ px", "٣ px", "1 px", "9223372036854775808",
        "-99999999999999999999999 px", "1e999 ms", "1e-400 nm", "100 ms 3",
    ];

    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Keys => [.. RecipeTable.Keys.Select(key => key.Path)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_bad_value_of_any_key_is_refused_with_its_line(string key)
    {
        foreach (string yaml in new[] { RecipeFolder.Simulated, RecipeFolder.Preacquired })
        {
            foreach (string bad in s_bad)
            {
                string[] errors = _folder.ErrorsOf(With(yaml, key, bad));
                bool areGood = errors.Length > 0
                    && errors.All(line => line.StartsWith("recipe.yaml") && !line.Any(char.IsControl));
                areGood.Should().BeTrue($"{key}: {bad} must make lines, not {string.Join('\n', errors)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_odd_value_of_any_key_is_read_or_refused(string key)
    {
        foreach (string yaml in new[] { RecipeFolder.Simulated, RecipeFolder.Preacquired })
        {
            foreach (string odd in s_odd)
            {
                ReadOrRefuse(With(yaml, key, odd), []);
                ReadOrRefuse(yaml, [(key, odd)]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_recipes_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        const string Noise = "\t\n :-[]{}&*!|>'\"%@`#,?~\\\0\xFF";
        byte[] good = Encoding.UTF8.GetBytes(RecipeFolder.Preacquired);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] damaged = [.. good];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)Noise[random.Next(Noise.Length)];
            }

            File.WriteAllBytes(_folder.RecipePath, damaged[..random.Next(damaged.Length)]);
            ReadOrRefuseFile([]);
        }
    }

    private void ReadOrRefuse(string yaml, (string, string)[] overrides)
    {
        _folder.Write(yaml);
        ReadOrRefuseFile(overrides);
    }

    private void ReadOrRefuseFile((string, string)[] overrides)
    {
        try
        {
            Recipe recipe = RecipeReader.Read(_folder.RecipePath, overrides);
            _folder.Read(recipe.ToYaml()).Equals(recipe).Should().BeTrue("{0} reads back", recipe.ToYaml());
        }
        catch (RecipeException refused)
        {
            (refused.Errors.Count > 0 && refused.Errors.All(error => !error.ToString().Contains('\n')))
                .Should().BeTrue(refused.Message);
        }
    }

    // Replaces the key where the recipe has it, else adds it, in its section where that is there.
    private static string With(string yaml, string key, string value)
    {
        string[] parts = key.Split('.');
        string line = parts.Length == 1 ? $"{key}: {value}" : $"  {parts[1]}: {value}";
        var lines = yaml.ReplaceLineEndings("\n").Split('\n').ToList();
        int section = parts.Length == 1 ? -1 : lines.IndexOf($"{parts[0]}:");
        if (parts.Length == 2 && section < 0)
        {
            return string.Join('\n', lines.Append($"{parts[0]}:").Append(line));
        }

        string prefix = line[..(line.IndexOf(':') + 1)];
        int end = parts.Length == 1 ? lines.Count : lines.FindIndex(section + 1, l => !l.StartsWith(' '));
        end = end < 0 ? lines.Count : end;
        int at = lines.FindIndex(section + 1, end - section - 1, l => l.StartsWith(prefix));
        if (at >= 0)
        {
            lines[at] = line;
        }
        else
        {
            lines.Insert(section + 1, line);
        }

        return string.Join('\n', lines);
    }
}
